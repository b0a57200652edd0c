// Where a press takes away, hides or disables what has the focus, the focus
// would fall to nowhere: it goes to what stands nearest, or to the heading of
// the page. And what only says that it is disabled keeps it, and does nothing.

const STOPS = 'a[href], button, input:not([disabled]), select, textarea, summary, [tabindex="0"]';

// What has the focus, its page's heading, and each element around it with its
// place among the others in there.
let last;
let heading;
let path;
let pending;

// What is folded away may have a size all the same.
const shown = (element) => element.getClientRects().length && !element.closest('details:not([open]) > :not(summary)');
/** The same again, or its like in another row. */
const alike = (element) => ['name', 'value', 'textContent'].every((each) => element[each] === last[each]);

function nearest() {
  const main = document.getElementById('main');
  const here = main.querySelector('h1');
  for (const [around, at] of here === heading ? path : []) {
    if (!around.isConnected) continue;
    const others = [...around.children];
    // Messages stand before the heading.
    if (!main.contains(around) || others.findIndex((each) => each.contains(here)) >= at) break;
    for (const other of [...others.slice(at), ...others.slice(0, at).reverse()]) {
      const stops = [other, ...other.querySelectorAll(STOPS)].filter((each) => each.matches(STOPS) && shown(each));
      if (stops.length) return stops.find(alike) || stops[0];
    }
  }
  here.tabIndex = -1;
  return here;
}

function check() {
  pending = false;
  const now = document.activeElement;
  const lost = last && !(last.isConnected && !last.disabled && shown(last));
  if (lost && (!now || now === last || now === document.body)) nearest().focus();
}

function note(target) {
  last = target;
  heading = document.querySelector('#main h1');
  path = [];
  for (let each = target, around; (around = each.parentElement); each = around) {
    path.push([around, [...around.children].indexOf(each)]);
  }
}

addEventListener('focusin', ({ target }) => note(target));

// Who presses beside it wants it nowhere.
addEventListener('mousedown', ({ target }) => {
  if (last && !last.contains(target)) last = undefined;
}, true);

addEventListener('click', (event) => {
  // Where it is now; and Firefox tells a window behind others nothing of its focus.
  if (document.activeElement !== document.body) note(document.activeElement);
  if (event.target.closest('[aria-disabled="true"]')) event.stopImmediatePropagation();
}, true);

new MutationObserver(() => {
  // Once the page has come to rest, and whoever knows better had a turn.
  if (!pending) pending = requestAnimationFrame(check);
}).observe(document.documentElement, {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ['class', 'disabled', 'open'],
});
