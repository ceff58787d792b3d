"""What clients answer to: codes and aliases, unique and never reused; names and their words."""

import re

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain.clients import fold
from bot.domain.errors import InvalidInput, StaleVersion
from bot.domain.ids import ClientId
from store.schema import ClientNameRow
from store.schema.clients import NameKind
from store.scope import WORKSPACE, Scope, on_both

EXACT = (NameKind.ALIAS, NameKind.CODE)

_HOLDER = select(ClientNameRow.client_id, ClientNameRow.kind).where(
    ClientNameRow.workspace_id == WORKSPACE,
    ClientNameRow.folded == bindparam("name"),
    ClientNameRow.kind.in_(EXACT),
)
_OF_CLIENT = (ClientNameRow.workspace_id == WORKSPACE, ClientNameRow.client_id == bindparam("id"))
_TURN = (
    update(ClientNameRow)
    .where(*_OF_CLIENT, ClientNameRow.kind == bindparam("from_kind"))
    .values(kind=bindparam("to_kind"))
)
_DROP_ALIAS = delete(ClientNameRow).where(
    *_OF_CLIENT,
    ClientNameRow.kind == NameKind.ALIAS,
    ClientNameRow.folded == bindparam("name"),
)
_DROP_NAME = delete(ClientNameRow).where(
    *_OF_CLIENT, ClientNameRow.kind.in_((NameKind.NAME, NameKind.WORD))
)
_ADD = insert(ClientNameRow)
_ADD_CODE = on_both(lambda insert: insert(ClientNameRow).on_conflict_do_nothing())


async def check_free(scope: Scope, code: str, *, client_id: ClientId | None = None) -> bool:
    """Whether the code is new to that client.

    Raises InvalidInput when another client has or had it: a code is never reused.
    """
    holder = (await scope.run(_HOLDER, name=fold(code))).one_or_none()
    if holder is not None and holder.client_id != client_id:
        raise InvalidInput(
            "code", f"The code “{code}” is taken, or was before. Choose another one."
        )
    return holder is None or holder.kind is not NameKind.CODE


async def add_code(scope: Scope, client_id: ClientId, code: str) -> None:
    """Give the client its code. Raises StaleVersion when somebody took it since it was checked."""
    taken = await scope.insert(
        _ADD_CODE, client_id=client_id, kind=NameKind.CODE, folded=fold(code)
    )
    if taken.rowcount != 1:
        raise StaleVersion(f"Somebody took the code {code} meanwhile.")


async def change_code(scope: Scope, client_id: ClientId, code: str) -> None:
    """The old code becomes an alias; a former code of the same client may come back."""
    await scope.run(_DROP_ALIAS, id=client_id, name=fold(code))
    await scope.run(_TURN, id=client_id, from_kind=NameKind.CODE, to_kind=NameKind.ALIAS)
    await add_code(scope, client_id, code)


async def add_name(scope: Scope, client_id: ClientId, name: str) -> None:
    rows = [(NameKind.NAME, fold(name)), *((NameKind.WORD, word) for word in words_of(name))]
    await scope.insert_all(
        _ADD, ({"client_id": client_id, "kind": kind, "folded": text} for kind, text in rows)
    )


async def change_name(scope: Scope, client_id: ClientId, name: str) -> None:
    await scope.run(_DROP_NAME, id=client_id)
    await add_name(scope, client_id, name)


def words_of(name: str) -> list[str]:
    """The words by which a name is found, such as `acme` and `inc` for “Acme, Inc.”."""
    folded = fold(name)
    return sorted({*folded.split(), *re.findall(r"\w+", folded)} - {folded})
