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
