"""The tree against RFC 9162's own definitions, written here a second time in the plainest way, and against wrong proofs."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samordna.core import merkle

# The eight leaves of Certificate Transparency's reference tests, and the roots that its implementations agree on.
KNOWN_LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
KNOWN_ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}

some_leaves = st.lists(st.binary(min_size=1, max_size=3), min_size=1, max_size=40)


def plain_root(entries: list[bytes]) -> bytes:
    """MTH of RFC 9162 §2.1.1, word for word."""
    if not entries:
        return sha256().digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return sha256(b"\x01" + plain_root(entries[:k]) + plain_root(entries[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_known_roots(size: int) -> None:
    leaves = [merkle.leaf_hash(entry) for entry in KNOWN_LEAVES[:size]]
    assert merkle.root(leaves).hex() == KNOWN_ROOTS[size] == plain_root(KNOWN_LEAVES[:size]).hex()


@given(some_leaves)
def test_the_root_is_the_plain_root_and_the_frontier_gives_it(entries: list[bytes]) -> None:
    leaves = [merkle.leaf_hash(entry) for entry in entries]
    frontier: list[bytes] = []
    for size, leaf in enumerate(leaves):
        frontier = merkle.append(frontier, size, leaf)
    assert merkle.root(leaves) == merkle.root_of(frontier) == plain_root(entries)
    assert len(frontier) == len(entries).bit_count()


@given(some_leaves, st.data())
def test_an_inclusion_proof_holds_and_no_other_does(entries: list[bytes], data: st.DataObject) -> None:
    leaves = [merkle.leaf_hash(entry) for entry in entries]
    size, root = len(leaves), merkle.root(leaves)
    index = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion_path(leaves, index)
    assert merkle.verify_inclusion(leaves[index], index, size, path, root)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"something else"), index, size, path, root)
    assert not merkle.verify_inclusion(leaves[index], index, size, [*path, root], root)
    assert not merkle.verify_inclusion(leaves[index], size, size, path, root)
    assert not merkle.verify_inclusion(leaves[index], index, size, path, sha256(root).digest())
    if path:
        place = data.draw(st.integers(0, len(path) - 1))
        wrong = [*path[:place], sha256(path[place]).digest(), *path[place + 1 :]]
        assert not merkle.verify_inclusion(leaves[index], index, size, wrong, root)
        assert not merkle.verify_inclusion(leaves[index], index, size, path[:-1], root)


@given(some_leaves, st.data())
def test_a_consistency_proof_holds_and_no_other_does(entries: list[bytes], data: st.DataObject) -> None:
    leaves = [merkle.leaf_hash(entry) for entry in entries]
    size, new = len(leaves), merkle.root(leaves)
    old_size = data.draw(st.integers(1, size))
    old = merkle.root(leaves[:old_size])
    path = merkle.consistency_path(leaves, old_size)
    assert merkle.verify_consistency(old_size, size, old, new, path)
    assert not merkle.verify_consistency(old_size, size, sha256(old).digest(), new, path)
    assert not merkle.verify_consistency(old_size, size, old, sha256(new).digest(), path)
    assert not merkle.verify_consistency(old_size, size, old, new, [*path, new])
    if path:
        place = data.draw(st.integers(0, len(path) - 1))
        wrong = [*path[:place], sha256(path[place]).digest(), *path[place + 1 :]]
        assert not merkle.verify_consistency(old_size, size, old, new, wrong)


def test_a_shorter_tree_does_not_grow_from_a_longer_one() -> None:
    assert not merkle.verify_consistency(2, 1, b"", b"", [b""])
    assert not merkle.verify_consistency(0, 1, merkle.EMPTY_ROOT, b"", [b""])
    assert merkle.inclusion_path([b"only"], 0) == []
    assert merkle.consistency_path([b"a", b"b"], 5) == []
