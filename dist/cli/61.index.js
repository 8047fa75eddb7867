export const id = 61;
export const ids = [61];
export const modules = {

/***/ 1061:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   explainRule: () => (/* binding */ explainRule)
/* harmony export */ });
/* harmony import */ var _dockerfile_lint_rule_pages_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6227);
/* harmony import */ var _dockerfile_lint_rule_url_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6422);
/* harmony import */ var _dockerfile_lint_rules_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6437);
/* harmony import */ var _dockerfile_suggest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5472);
/* harmony import */ var _options_problems_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3916);





/**
 * The page of a rule as Markdown: why, examples, the fix, and how to switch it off.
 * @throws BuildError `BAD_INPUT` for an id that no rule has
 */
function explainRule(name) {
    const id = Object.keys(_dockerfile_lint_rule_pages_js__WEBPACK_IMPORTED_MODULE_0__/* .RULE_PAGES */ .m).find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
    const page = Object.hasOwn(_dockerfile_lint_rule_pages_js__WEBPACK_IMPORTED_MODULE_0__/* .RULE_PAGES */ .m, id) ? _dockerfile_lint_rule_pages_js__WEBPACK_IMPORTED_MODULE_0__/* .RULE_PAGES */ .m[id] : undefined;
    const url = (0,_dockerfile_lint_rule_url_js__WEBPACK_IMPORTED_MODULE_3__/* .ruleUrl */ .Q)(id);
    if (page === undefined) {
        const code = id.toUpperCase();
        if (/^SC\d{4}$/.test(code))
            return `${code} is a finding of ShellCheck: ${(0,_dockerfile_lint_rule_url_js__WEBPACK_IMPORTED_MODULE_3__/* .ruleUrl */ .Q)(code)}\n`;
        const hint = (0,_dockerfile_suggest_js__WEBPACK_IMPORTED_MODULE_4__/* .didYouMean */ .a)(name, Object.keys(_dockerfile_lint_rule_pages_js__WEBPACK_IMPORTED_MODULE_0__/* .RULE_PAGES */ .m));
        throw (0,_options_problems_js__WEBPACK_IMPORTED_MODULE_2__/* .badInput */ .A)(`--explain: there is no rule ${name}`, hint);
    }
    const rule = _dockerfile_lint_rules_js__WEBPACK_IMPORTED_MODULE_1__/* .RULES */ .y.find((one) => one.id === id);
    const head = `# ${id}: ${rule?.title ?? 'A file that can be read'}\n\nSeverity: ${rule?.severity ?? 'error'}.`;
    return `${[head, page, ...(url === undefined ? [] : [`See ${url}`])].join('\n\n')}\n`;
}


/***/ })

};
