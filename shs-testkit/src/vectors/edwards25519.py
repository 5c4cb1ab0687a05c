"""edwards25519 in plain arithmetic, for making test vectors only: slow, and not constant-time.

Formulas are those of RFC 8032, section 5.1. Points are affine pairs (x, y).
"""

import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_MINUS_ONE = pow(2, (P - 1) // 4, P)
SIGN_BIT = 1 << 255

IDENTITY = (0, 1)


def add(p, q):
    (x1, y1), (x2, y2) = p, q
    cross = D * x1 * x2 * y1 * y2
    x = (x1 * y2 + x2 * y1) * pow(1 + cross, -1, P)
    y = (y1 * y2 + x1 * x2) * pow(1 - cross, -1, P)
    return x % P, y % P


def negate(p):
    return -p[0] % P, p[1]


def multiply(scalar, p):
    result = IDENTITY
    while scalar:
        if scalar & 1:
            result = add(result, p)
        p = add(p, p)
        scalar >>= 1
    return result


def recover_x(y, sign):
    """The x of that parity, or None if y is on no point of the curve."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return -x % P if x & 1 != sign else x


def encode(p):
    x, y = p
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decode_loosely(encoding):
    """Decodes also what RFC 8032 refuses: y >= P, and x = 0 with the sign bit set."""
    number = int.from_bytes(encoding, "little")
    y = number % SIGN_BIT % P
    x = recover_x(y, number >> 255)
    return None if x is None else (x, y)


def scalar_bytes(scalar):
    return scalar.to_bytes(32, "little")


def hash_to_scalar(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % L


def order(p):
    """The order of a point of small order."""
    return next(n for n in (1, 2, 4, 8) if multiply(n, p) == IDENTITY)


BASE = (recover_x(4 * pow(5, -1, P) % P, 0), 4 * pow(5, -1, P) % P)


def torsion_generator():
    """A point of order 8: L times the first point that gives one."""
    y = 2
    while True:
        x = recover_x(y, 0)
        candidate = IDENTITY if x is None else multiply(L, (x, y))
        if order(candidate) == 8:
            return candidate
        y += 1


TORSION = torsion_generator()
SMALL_ORDER = [multiply(i, TORSION) for i in range(8)]
