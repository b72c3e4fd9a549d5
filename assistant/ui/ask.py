"""The tab Tanya: ask, read the answer, check its sources, say whether it helped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import gradio as gr

from assistant.answering.rewording import Show
from assistant.errors import AssistantError
from assistant.ledger import Entry
from assistant.types import Answer
from assistant.ui.conversation import EMPTY_SOURCES, View, panel_html, shown, view
from assistant.ui.further import further, hidden, offered
from assistant.ui.growing import growing
from assistant.ui.judging import Judging, judging, wire_judging
from assistant.ui.passage import safe
from assistant.ui.render import answer_html, message_html, question_html, sources_html
from assistant.ui.visiting import visit_of

if TYPE_CHECKING:
    from assistant.office import Office

SCOPES = [("Semua", "semua"), ("Kaltim", "kaltim"), ("Nasional", "nasional")]
SEARCHING = '<div class="jawaban"><p>Mencari di sumber …</p></div>'
WRITING = '<p class="kosong" role="status">Jawaban sedang disusun; kalimat yang tampil sudah diperiksa …</p>'
BROKEN = "Pertanyaan Anda masih ada di kotak. Coba kirim lagi; bila terulang, beri tahu pengelola."
COPY = "(text) => { window.copyAnswer(text); }"
Screen = tuple[Any, ...]


class Parts(NamedTuple):
    """The components that a question changes, in the order in which handlers return values."""

    chat: gr.Chatbot
    box: gr.Textbox
    state: gr.State
    sources: gr.HTML
    plain: gr.Textbox
    share: gr.Textbox
    examples: gr.Column
    actions: gr.Column
    judging: gr.Column
    further: gr.Column
    first: gr.Button
    second: gr.Button
    third: gr.Button


def build_ask(office: Office, page: gr.Blocks) -> None:
    """Lay out the tab and wire its events; called inside a Blocks context."""
    with gr.Row(elem_id="tanya-baris"):
        with gr.Column(scale=3, min_width=320):
            chat = _chat()
            with gr.Row(equal_height=True):
                box = gr.Textbox(
                    label="Pertanyaan Anda",
                    placeholder="Tulis pertanyaan …",
                    lines=1,
                    max_lines=6,
                    scale=5,
                    elem_id="kotak",
                    autofocus=True,
                )
                send = gr.Button("Kirim", variant="primary", scale=1, min_width=96, elem_id="kirim")
            scope = gr.Radio(SCOPES, value="semua", label="Cari di sumber", elem_id="cakupan")
            examples, buttons = _examples(office)
            more = further()
            with gr.Column(visible=False) as actions:
                judge = judging()
                with gr.Row():
                    copy = gr.Button("Salin jawaban", elem_id="salin")
                    share = gr.Button("Salin untuk WhatsApp", elem_id="bagikan")
                    fresh = gr.Button("Percakapan baru", elem_id="baru")
            gr.HTML('<p id="kabar-salin" role="status" aria-live="polite"></p>')
        with gr.Column(scale=2, min_width=320, elem_id="kolom-sumber"):
            gr.HTML("<h2>Sumber</h2>")
            sources = gr.HTML(EMPTY_SOURCES, elem_id="sumber")
    plain = gr.Textbox(visible="hidden", label="Jawaban sebagai teks")
    message = gr.Textbox(visible="hidden", label="Jawaban untuk WhatsApp")
    parts = Parts(chat, box, gr.State(None), sources, plain, message, examples, actions, judge.column, *more.all)
    _wire(office, parts, judge, scope, send, [*buttons, *more.buttons])
    copy.click(None, [plain], None, js=COPY, api_visibility="private")
    share.click(None, [message], None, js=COPY, api_visibility="private")
    fresh.click(_start_again, None, list(parts), api_name="percakapan_baru")

    def restore(request: gr.Request) -> Screen:
        return _restored(office, request)

    page.load(restore, None, list(parts), api_visibility="private", show_progress="hidden")


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        label="Percakapan",
        show_label=False,
        visible=False,
        height="auto",
        max_height="min(64vh, 680px)",
        elem_id="percakapan",
        buttons=[],
        autoscroll=False,  # page.js brings the newest question to the top
        latex_delimiters=[],
        sanitize_html=True,
        feedback_options=None,
        group_consecutive_messages=False,
    )


def _examples(office: Office) -> tuple[gr.Column, list[gr.Button]]:
    buttons: list[gr.Button] = []
    with gr.Column(elem_id="contoh") as column:
        gr.HTML("<h2>Contoh pertanyaan</h2>")
        for topic, questions in office.assistant.examples():
            gr.HTML(f"<h3>{safe(topic)}</h3>")
            buttons += [gr.Button(question) for question in questions]
    return column, buttons


def _wire(office: Office, parts: Parts, judge: Judging, scope: gr.Radio, send: gr.Button, buttons: list[gr.Button]) -> None:
    def ask(question: str, chosen: str, conversation: str | None, request: gr.Request) -> Iterator[Screen]:
        yield from _answered(office, question, chosen, conversation, request)

    def failed(question: str, conversation: str | None, request: gr.Request) -> Screen:
        return _with_message(_view(office, conversation, request), conversation, question, "Gagal", BROKEN)

    common: dict[str, Any] = {"show_progress": "hidden", "concurrency_id": "tanya"}
    inputs = [scope, parts.state]
    asked = [gr.on([send.click, parts.box.submit], ask, [parts.box, *inputs], list(parts), api_name="tanya", **common)]
    asked += [button.click(ask, [button, *inputs], list(parts), api_visibility="private", **common) for button in buttons]
    for event in asked:
        event.failure(failed, [parts.box, parts.state], list(parts), api_visibility="private", **common)
    wire_judging(office, judge, parts.state)


def _answered(office: Office, question: str, scope: str, conversation: str | None, request: gr.Request) -> Iterator[Screen]:
    """Show the question at once, then the answer; the box keeps the question until its answer is kept."""
    visit = visit_of(request)
    before = _view(office, conversation, request)
    chat = gr.Chatbot(shown(before, ("user", question_html(question)), ("assistant", SEARCHING)), visible=True)
    yield (chat, question, conversation, *[gr.skip()] * 3, gr.Column(visible=False), gr.skip(), gr.skip(), *hidden())

    def work(show: Show) -> Entry:
        return office.conversations.ask(
            visit.person,
            question,
            scope=scope,
            conversation=conversation,
            open_chat=visit.open_chat,
            address=visit.address,
            show=show,
        )

    try:
        for step in growing(work):
            if isinstance(step, Answer):
                yield _growing_screen(office, before, question, step)
            else:
                entry = step
        after = view(office.conversations.read(visit.person, entry.conversation))
    except AssistantError as error:
        yield _with_message(before, conversation, question, "Tidak dapat dijawab sekarang", str(error))
        return
    yield _screen(office, after, entry.conversation)


def _growing_screen(office: Office, before: View, question: str, answer: Answer) -> Screen:
    """Return the checked sentences so far, with their sources; all else stays until the answer is whole."""
    turn = len(before.cards) + 1
    chat = shown(before, ("user", question_html(question)), ("assistant", answer_html(answer, turn=turn) + WRITING))
    sources = sources_html(answer, label_of=office.assistant.label, gap_of=office.assistant.gap, turn=turn)
    return (gr.Chatbot(chat), gr.skip(), gr.skip(), sources, *[gr.skip()] * (len(Parts._fields) - 4))


def _restored(office: Office, request: gr.Request) -> Screen:
    """Return the conversation that the address names, else the one used last; an empty screen when there is none."""
    person = visit_of(request).person
    wanted = request.query_params.get("percakapan")
    asked = request.query_params.get("tanya")
    if asked:  # a link from an exercise or a criterion: the question waits in the box of a new conversation
        return (gr.skip(), asked[: office.settings.question_limit], *[gr.skip()] * (len(Parts._fields) - 2))
    try:
        conversation = wanted or office.conversations.latest(person)
        if conversation is None:
            return (gr.skip(),) * len(Parts._fields)
        screen = _screen(office, view(office.conversations.read(person, conversation)), conversation)
        return (screen[0], gr.skip(), *screen[2:])  # what somebody typed while the page was loading stays
    except AssistantError as error:
        return _with_message(View(), None, "", "Percakapan tidak dapat dibuka", str(error))


def _view(office: Office, conversation: str | None, request: gr.Request) -> View:
    if conversation is None:
        return View()
    try:
        return view(office.conversations.read(visit_of(request).person, conversation))
    except AssistantError:
        return View()  # deleted meanwhile, somebody else's, or no database: asking says which


def _screen(office: Office, conversation: View, identity: str) -> Screen:
    chat = gr.Chatbot(shown(conversation), visible=True)
    answered = conversation.newest is not None
    texts = (panel_html(conversation), conversation.plain, conversation.share)
    columns = (gr.Column(visible=False), gr.Column(visible=answered), gr.Column(visible=False))
    return (chat, "", identity, *texts, *columns, *offered(office, conversation.newest))


def _with_message(conversation: View, identity: str | None, question: str, title: str, text: str) -> Screen:
    """Return the screen with a message instead of an answer; the conversation stays as it was."""
    asked = [("user", question_html(question))] if question.strip() else []
    chat = gr.Chatbot(shown(conversation, *asked, ("assistant", message_html(title, text))), visible=True)
    return (chat, question, identity, *[gr.skip()] * 3, gr.Column(visible=False), gr.Column(visible=True), gr.skip(), *hidden())


def _start_again() -> Screen:
    chat = gr.Chatbot([], visible=False)
    folded = (gr.Column(visible=False), gr.Column(visible=False))
    return (chat, "", None, EMPTY_SOURCES, "", "", gr.Column(visible=True), *folded, *hidden())
