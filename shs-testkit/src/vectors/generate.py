#!/usr/bin/env python3
"""Writes the adversarial vectors of the testkit. Deterministic; needs Python 3.8 and nothing else.

    python3 shs-testkit/src/vectors/generate.py

Verdicts by the acceptance rule of CryptoProvider: "valid"; "invalid-key" (no VerifyKey for it);
"invalid-signature" (a valid key, and verify says false).
"""

import hashlib
import pathlib

from edwards25519 import (BASE, IDENTITY, L, P, SIGN_BIT, SMALL_ORDER, TORSION, add, decode_loosely,
                          encode, hash_to_scalar, multiply, negate, order, scalar_bytes)

RESOURCES = pathlib.Path(__file__).parents[1] / "main/resources/org/secrethandshake/testkit"

VALID, INVALID_KEY, INVALID_SIGNATURE = "valid", "invalid-key", "invalid-signature"


def secret(label):
    return hash_to_scalar(b"secret handshake testkit", label.encode())


def messages(label):
    """An endless supply, from which a case takes the first that has the hash it needs."""
    count = 0
    while True:
        yield hashlib.sha256(f"{label} {count}".encode()).digest()
        count += 1


class Case:
    """One signature by the owner of `a` and `r` under A = aB + torsion and R = rB + torsion."""

    def __init__(self, name, a=0, key_torsion=IDENTITY, r=0, r_torsion=IDENTITY,
                 key_encoding=None, r_encoding=None, hash_key=None, hash_r=None):
        self.name = name
        self.a, self.r = a, r
        self.key_torsion, self.r_torsion = key_torsion, r_torsion
        self.key = key_encoding or encode(add(multiply(a, BASE), key_torsion))
        self.r_bytes = r_encoding or encode(add(multiply(r, BASE), r_torsion))
        self.hash_key = hash_key or self.key
        self.hash_r = hash_r or self.r_bytes

    def hash(self, message):
        return hash_to_scalar(self.hash_r, self.hash_key, message)

    def residue(self, message):
        """What the equation without cofactor is off by: 0 = SB - R - hA for the torsion parts."""
        return add(self.r_torsion, multiply(self.hash(message), self.key_torsion))

    def cofactorless(self, message):
        return self.residue(message) == IDENTITY

    def row(self, verdict, holds=None, extra_l=0):
        message = next(m for m in messages(self.name) if holds is None or holds(m))
        s = (self.r + self.hash(message) * self.a) % L + extra_l * L
        return self.name, self.key, message, self.r_bytes + scalar_bytes(s), verdict


def not_(condition):
    return lambda message: not condition(message)


def speccheck():
    """The twelve cases of "Taming the many EdDSAs" (eprint 2020/1244, table 5), with own keys."""
    a, r = secret("speccheck a"), secret("speccheck r")
    order2, order4 = SMALL_ORDER[4], SMALL_ORDER[2]
    # (0, -1) with the sign bit of x set: the last encoding of all.
    star = scalar_bytes((P - 1) | SIGN_BIT)

    case = Case("speccheck 0: S = 0 with A and R of small order", 0, TORSION, 0, order4)
    yield case.row(INVALID_KEY, case.cofactorless)
    case = Case("speccheck 1: A of small order and R of mixed order", 0, TORSION, r, order4)
    yield case.row(INVALID_KEY, case.cofactorless)
    case = Case("speccheck 2: A of mixed order and R of small order", a, TORSION, 0, order4)
    yield case.row(INVALID_KEY, case.cofactorless)
    case = Case("speccheck 3: A and R of mixed order where both equations hold",
                a, TORSION, r, order4)
    yield case.row(INVALID_KEY, case.cofactorless)
    case = Case("speccheck 4: A and R of mixed order where the cofactored equation alone holds",
                a, TORSION, r, order4)
    yield case.row(INVALID_KEY, not_(case.cofactorless))
    case = Case("speccheck 5: A of mixed order which holds unless 8h is reduced modulo L",
                a, TORSION, r)
    yield case.row(INVALID_KEY, lambda m: not case.cofactorless(m) and 8 * case.hash(m) % L % 8)
    case = Case("speccheck 6: S + L", a, r=r)
    yield case.row(INVALID_SIGNATURE, extra_l=1)
    case = Case("speccheck 7: S + 2L which is beyond 253 bits", a, r=r)
    yield case.row(INVALID_SIGNATURE, extra_l=2)
    case = Case("speccheck 8: A of mixed order and R not canonical but hashed as canonical",
                a, TORSION, 0, order2, r_encoding=star, hash_r=encode(order2))
    yield case.row(INVALID_KEY, case.cofactorless)
    case = Case("speccheck 9: A of mixed order and R not canonical and hashed as it is",
                a, TORSION, 0, order2, r_encoding=star)
    yield case.row(INVALID_KEY, case.cofactorless)
    case = Case("speccheck 10: A small and not canonical but hashed as canonical",
                0, order2, r, order2, key_encoding=star, hash_key=encode(order2))
    yield case.row(INVALID_KEY, case.cofactorless)
    case = Case("speccheck 11: A small and not canonical and hashed as it is",
                0, order2, r, order2, key_encoding=star)
    yield case.row(INVALID_KEY, case.cofactorless)


def honest():
    for i in range(8):
        yield Case(f"honest signature {i}", secret(f"honest a {i}"), r=secret(f"r {i}")).row(VALID)


def mixed_order():
    a, r = secret("mixed a"), secret("mixed r")
    for i, torsion in enumerate(SMALL_ORDER[1:], 1):
        name = f"key A + T{i} of order {order(torsion)} where"
        key = Case(f"{name} both equations hold", a, torsion, r)
        yield key.row(INVALID_KEY, key.cofactorless)
        key = Case(f"{name} the cofactored equation alone holds", a, torsion, r)
        yield key.row(INVALID_KEY, not_(key.cofactorless))
        point = Case(f"R + T{i} of order {order(torsion)}", a, r=r, r_torsion=torsion)
        yield point.row(INVALID_SIGNATURE)


def small_order():
    a, r = secret("small a"), secret("small r")
    for i, torsion in enumerate(SMALL_ORDER):
        key = Case(f"key T{i} of order {order(torsion)} under which any message verifies",
                   0, torsion, r)
        yield key.row(INVALID_KEY, key.cofactorless)
        yield Case(f"R = T{i} of order {order(torsion)}", a, r_torsion=torsion).row(
            INVALID_SIGNATURE)
    for i in range(4):
        identity = Case(f"identity as key and R = SB with message {i}", 0, r=secret(f"{i}"))
        yield identity.row(INVALID_KEY)


def not_canonical():
    """Every y from P on, with either sign, and x = 0 with the sign bit set."""
    numbers = [y | sign for y in range(P, SIGN_BIT) for sign in (0, SIGN_BIT)]
    numbers += [1 | SIGN_BIT, (P - 1) | SIGN_BIT]
    a, r = secret("canonical a"), secret("canonical r")
    for number in numbers:
        encoding = scalar_bytes(number)
        point = decode_loosely(encoding)
        kind = ("on no point" if point is None
                else f"of order {order(point)}" if point in SMALL_ORDER else "of large order")
        torsion = point if point in SMALL_ORDER else IDENTITY
        key = Case(f"key {encoding.hex()} is not canonical and {kind}", 0, torsion, r,
                   key_encoding=encoding)
        yield key.row(INVALID_KEY, key.cofactorless)
        yield Case(f"R {encoding.hex()} is not canonical and {kind}", a, r_torsion=torsion,
                   r_encoding=encoding).row(INVALID_SIGNATURE)


def at_the_edge():
    """Valid keys whose encoding is as large or as small as a canonical one can be."""
    r = secret("edge r")
    for name, numbers in (("largest", range(P - 2, 0, -1)), ("smallest", range(2, P))):
        keys = (scalar_bytes(y | sign) for y in numbers for sign in (0, SIGN_BIT))
        key = next(k for k in keys if in_prime_order_subgroup(decode_loosely(k)))
        yield Case(f"the {name} valid key under a signature of another", 0, r=r,
                   key_encoding=key).row(INVALID_SIGNATURE)


def in_prime_order_subgroup(point):
    return point is not None and multiply(L, point) == IDENTITY


def off_the_curve():
    a, r = secret("curve a"), secret("curve r")
    found = [y for y in range(2, 40) if decode_loosely(scalar_bytes(y)) is None]
    for y in found[:4]:
        encoding = scalar_bytes(y)
        yield Case(f"key y = {y} is on no point", 0, r=r, key_encoding=encoding).row(INVALID_KEY)
        yield Case(f"R y = {y} is on no point", a, r_encoding=encoding).row(INVALID_SIGNATURE)


def large_s():
    a, r = secret("large a"), secret("large r")
    for times in range(1, 2**256 // L):
        yield Case(f"S + {times} L", a, r=r).row(INVALID_SIGNATURE, extra_l=times)


def low_order_u():
    """Every u from which X25519 gives zero: u = (1 + y) / (1 - y), and 1 and -1 on the twist."""
    small = {(1 + y) * pow(1 - y, -1, P) % P for _, y in SMALL_ORDER if y != 1}
    small |= {0, 1, P - 1}
    for u in sorted(small):
        for number in (u, u + P):
            if number < SIGN_BIT:
                for top_bit in (0, SIGN_BIT):
                    yield scalar_bytes(number | top_bit)


def write(name, header, rows):
    lines = [",".join(part.hex() if isinstance(part, bytes) else part for part in row)
             for row in rows]
    assert all(line.count(",") == header.count(",") for line in lines)
    text = "# Written by src/vectors/generate.py\n# " + header + "\n" + "\n".join(lines) + "\n"
    (RESOURCES / name).write_text(text)


def main():
    assert multiply(L, BASE) == IDENTITY and add(BASE, negate(BASE)) == IDENTITY
    families = (speccheck, honest, mixed_order, small_order, not_canonical, at_the_edge,
                off_the_curve, large_s)
    write("ed25519.csv", "name,publicKey,message,signature,verdict",
          (row for family in families for row in family()))
    write("x25519-low-order.csv", "name,point",
          ((f"low order u {i}", point) for i, point in enumerate(low_order_u())))


if __name__ == "__main__":
    main()
