// The page is whole without this script; it adds the choice of view and the filters.
const tools = document.getElementById("tools");
const shown = document.getElementById("shown");
const items = [...document.querySelectorAll(".item")];
function apply() {
  const data = new FormData(tools);
  const severities = data.getAll("severity");
  const body = data.get("body") || "";
  document.body.classList.toggle("view-sides", data.get("view") === "sides");
  let count = 0;
  for (const item of items) {
    const fits = severities.includes(item.dataset.severity)
      && (!body || item.dataset.bodies.split(" ").includes(body));
    item.hidden = !fits;
    if (fits) count += 1;
  }
  for (const chapter of document.querySelectorAll(".chapter")) {
    const own = [...chapter.querySelectorAll(".item")];
    chapter.hidden = own.length > 0 && own.every((item) => item.hidden);
  }
  shown.textContent = `${count} / ${items.length}`;
}
tools.hidden = false;
tools.addEventListener("change", apply);
apply();
