export const id = 979;
export const ids = [979];
export const modules = {

/***/ 8979:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  tellHeld: () => (/* binding */ tellHeld)
});

// EXTERNAL MODULE: ./lib/app/options/sizes.js
var sizes = __webpack_require__(268);
;// CONCATENATED MODULE: ./lib/app/report/held-markdown.js

const MOST_ROWS = 30;
/** Entries and bytes of each scope, and what was deleted. */
function heldMarkdown(told) {
    const shown = told.scopes.slice(0, MOST_ROWS);
    const rest = told.scopes.slice(MOST_ROWS);
    const rows = [
        ...shown.map(({ ref, count, size }) => row(`\`${ref.replace(/[`|\n]/g, '')}\``, count, size)),
        ...(rest.length === 0 ? [] : [row(`${rest.length} more`, total(rest, 'count'), total(rest, 'size'))]),
    ];
    const table = rows.length === 0 ? [] : ['| scope | entries | size |', '| --- | --- | --- |', ...rows, ''];
    return ['### Actions cache', '', `${heldLine(told)}.`, '', ...table].join('\n');
}
/** The same in one line, for the log. */
function heldLine({ scopes, deleted }) {
    const held = `ts-image-build holds ${entries(total(scopes, 'count'))} (${(0,sizes/* formatSize */.Xq)(total(scopes, 'size'))}) in the Actions cache`;
    return deleted.count === 0
        ? held
        : `${held}; deleted ${entries(deleted.count)} (${(0,sizes/* formatSize */.Xq)(deleted.size)})`;
}
function row(name, count, size) {
    return `| ${name} | ${count} | ${(0,sizes/* formatSize */.Xq)(size)} |`;
}
function entries(count) {
    return count === 1 ? '1 entry' : `${count} entries`;
}
function total(scopes, field) {
    return scopes.reduce((sum, scope) => sum + scope[field], 0);
}

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
;// CONCATENATED MODULE: ./lib/app/action/summary.js

/** Bytes. GitHub drops a summary of more than 1 MiB as a whole; the post step may add to this one. */
const MOST = 1000 * 1024;
const REST = '\nThe rest is left out: GitHub shows no summary of more than 1 MiB.\n';
/** Adds to the step summary. What cannot be written is told: what the summary is about is done by then, and does not fail for it. */
async function writeSummary(summary, text, onNotice) {
    try {
        await summary.addRaw(shortened(text)).write();
    }
    catch (thrown) {
        summary.emptyBuffer();
        onNotice(`The step summary cannot be written: ${(0,errors/* reasonOf */.A3)(thrown)}`);
    }
}
/** Whole lines. */
function shortened(text) {
    const bytes = Buffer.from(text);
    if (bytes.length <= MOST)
        return text;
    const end = bytes.lastIndexOf('\n', MOST - REST.length) + 1;
    return bytes.subarray(0, end).toString('utf8') + REST;
}

;// CONCATENATED MODULE: ./lib/app/action/cache-cleanup/tell.js


/** What is held now, in the log and in the summary. */
async function tellHeld(core, held, inSummary) {
    core.info(heldLine(held));
    if (inSummary && process.env['GITHUB_STEP_SUMMARY'] !== undefined)
        await writeSummary(core.summary, heldMarkdown(held), (message) => core.info(message));
}


/***/ })

};
