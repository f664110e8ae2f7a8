// Pages work without this file; it adds the behaviour of the NHS components and of htmx.
const { nhsukSrc } = document.querySelector("script[data-nhsuk-src]").dataset;
const alertRegion = document.getElementById("alert");

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
// The hashed address comes from the page: an import here could not know it.
const { initAll } = await import(nhsukSrc);
initAll();

const say = (text) => { alertRegion.textContent = text; };

document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
  say("");
  detail.target.setAttribute("aria-busy", "true");
});
document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  detail.target.removeAttribute("aria-busy");
});

// A table that its reader opened stays open while the part around it is renewed.
let opened = [];
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  opened = [...detail.target.querySelectorAll("details[open][id]")].map(({ id }) => id);
});
document.body.addEventListener("htmx:afterSwap", () => {
  opened.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
});

document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  initAll({ scope: detail.target });
  const focus = "[data-focus-after-swap]";
  const target = detail.target.matches(focus) ? detail.target : detail.target.querySelector(focus);
  if (target) {
    target.setAttribute("tabindex", "-1");
    target.focus();
  }
});

document.body.addEventListener("htmx:responseError", ({ detail }) => {
  const tooMany = detail.xhr.status === 429;
  say(tooMany ? "Too many requests. Wait a minute, then try again."
    : "This did not work. Nothing you typed is lost. Try again, or reload the page.");
});
document.body.addEventListener("htmx:sendError", () => {
  say("There is no connection. Nothing you typed is lost. Try again in a moment.");
});

// A passkey that was cancelled or timed out is not an error of ours, but a person must hear of it.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  say("Your passkey was not used. Try again, or choose another way.");
  alertRegion.scrollIntoView();
});
