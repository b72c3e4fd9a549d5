/* Chips open their source card; copying works on plain HTTP too, where navigator.clipboard is absent. */
document.documentElement.lang = "id";

document.addEventListener("click", (event) => {
  const chip = event.target.closest && event.target.closest("a.keping");
  if (!chip) return;
  const card = document.getElementById(chip.getAttribute("href").slice(1));
  if (!card) return;
  event.preventDefault();
  const turn = card.closest("details");
  if (turn) turn.open = true;
  document.querySelectorAll(".sumber.terpilih").forEach((other) => other.classList.remove("terpilih"));
  card.classList.add("terpilih");
  card.scrollIntoView({ block: "start" });
  card.focus({ preventScroll: true });
});

/* The block around the chat scrolls, which Gradio's own scrolling does not reach: the newest question is brought to its top. */
function scrollingBox(element) {
  for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
    if (box.scrollHeight > box.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  }
  return null;
}

let shownState = "";
function showNewest() {
  const questions = document.querySelectorAll("#percakapan .pertanyaan");
  const answers = document.querySelectorAll("#percakapan .jawaban");
  const newest = questions[questions.length - 1];
  const last = answers[answers.length - 1];
  const state = `${questions.length}/${answers.length}/${last ? last.textContent.length : 0}`;
  if (!newest || state === shownState) return;
  shownState = state;
  const box = scrollingBox(newest);
  if (box) box.scrollTop += newest.getBoundingClientRect().top - box.getBoundingClientRect().top - 8;
}

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; showNewest(); });
}).observe(document.documentElement, { childList: true, subtree: true, characterData: true });

function copyOld(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("readonly", "");
  field.style.position = "fixed";
  field.style.opacity = "0";
  document.body.appendChild(field);
  field.select();
  let done = false;
  try { done = document.execCommand("copy"); } catch (error) { done = false; }
  field.remove();
  return done;
}

window.copyAnswer = async (text) => {
  let done = false;
  if (text && navigator.clipboard && window.isSecureContext) {
    try { await navigator.clipboard.writeText(text); done = true; } catch (error) { done = false; }
  }
  if (text && !done) done = copyOld(text);
  const note = document.getElementById("kabar-salin");
  if (note) {
    note.textContent = !text ? "Belum ada jawaban untuk disalin."
      : done ? "Jawaban dan sumbernya sudah disalin."
      : "Peramban menolak menyalin; pilih teks jawaban lalu salin sendiri.";
  }
};
