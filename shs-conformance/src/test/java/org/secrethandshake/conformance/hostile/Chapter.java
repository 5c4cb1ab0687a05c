package org.secrethandshake.conformance.hostile;

import java.util.List;

/**
 * Attacks of one kind.
 *
 * @param title what kind
 * @param text what they are, and what stands in their way
 * @param attacks its rows
 */
record Chapter(String title, String text, List<Attack> attacks) {
  static List<Chapter> all() {
    return List.of(
        new Chapter(
            "Low order",
            "Cremers and Jackson (eprint 2019/526): an ephemeral key of low order makes all shared"
                + " secrets zero, and below an identity of small order one signature fits any"
                + " message. Together they let a client in that does not know the server's key."
                + " Tried on each backend as it is, and on one that checks nothing, where our own"
                + " comparisons have to refuse.",
            LowOrder.attacks()),
        new Chapter(
            "Encodings",
            "Each value of each message, as no honest peer encodes it; on both kinds of backend as"
                + " above, but for points of mixed order and on no point, which only a backend can"
                + " tell. An ephemeral key that is not reduced is an X25519 key like others, and"
                + " nobody knows the secret of these.",
            UnsafeValues.attacks()),
        new Chapter(
            "Reflection",
            "A side must not take its own words for its peer's, even where both have one identity.",
            Reflections.attacks()),
        new Chapter(
            "Replay",
            "Everything was recorded that six sessions say, packets included: the same peers once"
                + " more, with exchanged roles, each with somebody else, the server with itself, and"
                + " the same peers in another network. A replayed hello is a hello, because it proves"
                + " nothing but the network key; then nothing that was recorded fits behind it.",
            Replays.attacks()),
        new Chapter(
            "Key-compromise impersonation",
            "Whoever has stolen the long-term secret of one peer cannot pose to that peer as somebody"
                + " else. Towards the client two things stand in the way: aB, which takes a or B, and"
                + " the signature by B. Towards the server it is the signature by A, before the"
                + " authorizer is asked; and the session's keys take Ab, which takes b or A. To all"
                + " others the thief is the peer whose secret it has.",
            Compromises.attacks()),
        new Chapter(
            "Unknown key share",
            "A and B must agree about who shares a session. E is a member of the network, which owns"
                + " its identity and may be let in under it.",
            KeyShares.attacks()),
        new Chapter(
            "Networks and the parts of a proof",
            "The network key stands in each tag, box and signature, and so do the other things that a"
                + " proof is about. With the right parts the same proof is accepted.",
            Networks.attacks()),
        new Chapter(
            "Sessions at the same time",
            "One configuration serves all handshakes, two of each client. They keep apart, in any"
                + " order and from any thread.",
            Interleavings.attacks()),
        new Chapter(
            "Splicing",
            "Four packets of equal length and the goodbye. What was sent before the damage is"
                + " delivered, nothing else is, and the end is never taken for the peer's.",
            Splices.attacks()),
        new Chapter(
            "Nonces that carry",
            "Streams whose nonces carry over each of their bytes, before or behind a header, after one"
                + " to four nonces. A receiver that loses a carry would take what was sent so long"
                + " ago once more. What our sender makes is compared with the formulas.",
            NonceCarries.attacks()),
        new Chapter(
            "What the protocol withholds",
            "Games of 40 sessions. In each one a coin says which of two identities takes part, and"
                + " the adversary says which it was: it wins if it does better than chance by more"
                + " than four standard deviations. What it wins by right, the protocol does not"
                + " promise; these games show also that it is no fool.",
            Claims.attacks()),
        new Chapter(
            "Transports that break",
            "A conversation of a handshake, a text each way and both goodbyes. Each time our side is"
                + " told, closes the transport and wipes its secrets, and neither side takes a part"
                + " for the whole. The backends share the bytes among them.",
            TransportFaults.attacks()));
  }
}
