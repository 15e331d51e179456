// Pages are whole without this script; it adds keys to the comparison, and the help about them.
(() => {
  const typing = (element) =>
    element && (element.matches("input:not([type=radio]):not([type=checkbox]), textarea, select") || element.isContentEditable);

  const reach = (selector, step) => {
    const all = [...document.querySelectorAll(`#changes ${selector}`)];
    if (all.length === 0) return;
    const held = document.activeElement && document.activeElement.closest(`#changes ${selector}`);
    let at = held ? all.indexOf(held) + step : -1;
    if (!held) {
      // From where the reader looks: the first one below, or the last one above.
      const below = all.findIndex((one) => one.getBoundingClientRect().top > 1);
      at = step > 0 ? Math.max(0, below) : below < 0 ? all.length - 1 : below - 1;
    }
    const target = all[Math.min(Math.max(at, 0), all.length - 1)];
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  };

  const help = () => {
    const dialog = document.getElementById("keys");
    if (dialog && !dialog.open) dialog.showModal();
  };

  const actions = {
    j: () => reach(".item", 1),
    k: () => reach(".item", -1),
    n: () => reach(".chapter", 1),
    p: () => reach(".chapter", -1),
    "?": help,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      const find = document.querySelector(".find input");
      if (find) { event.preventDefault(); find.focus(); }
      return;
    }
    const action = actions[event.key];
    if (action && document.getElementById("changes")) { event.preventDefault(); action(); }
  });

  const prepare = () => {
    for (const hint of document.querySelectorAll(".keys[hidden]")) hint.hidden = false;
    // Choices are applied as they are made; the button is for readers without a script.
    for (const button of document.querySelectorAll("form[hx-trigger=change] button")) button.hidden = true;
  };
  // What is not asked for does not stand in the address.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    for (const [key, value] of Object.entries(detail.parameters)) {
      if (value === "" && key !== "q") detail.formData ? detail.formData.delete(key) : delete detail.parameters[key];
    }
  });
  prepare();
  document.addEventListener("htmx:afterSettle", prepare);
})();
