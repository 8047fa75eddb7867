export const id = 4;
export const ids = [4];
export const modules = {

/***/ 9004:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readWorkflowEvent: () => (/* binding */ readWorkflowEvent)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);

/** Reads the event. Not through @actions/github: whether that has to be loaded at all depends on what is read here. */
async function readWorkflowEvent(environment) {
    const event = await payload(environment['GITHUB_EVENT_PATH'] ?? '');
    const [owner = '', repo = ''] = (environment['GITHUB_REPOSITORY'] ?? '').split('/');
    const action = text(event, 'action');
    const defaultBranch = text(field(event, 'repository'), 'default_branch');
    const pullRequest = pullRequestOf(field(event, 'pull_request'));
    return {
        name: environment['GITHUB_EVENT_NAME'] ?? '',
        ref: environment['GITHUB_REF'] ?? '',
        ...(action === undefined ? {} : { action }),
        ...(owner === '' || repo === '' ? {} : { repository: { owner, repo } }),
        ...(defaultBranch === undefined ? {} : { defaultBranch }),
        ...(pullRequest === undefined ? {} : { pullRequest }),
    };
}
async function payload(path) {
    if (path === '')
        return undefined;
    try {
        return JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8'));
    }
    catch {
        // Runners that are not GitHub's may give none.
        return undefined;
    }
}
function pullRequestOf(value) {
    const number = field(value, 'number');
    if (typeof number !== 'number')
        return undefined;
    const repositoryOf = (side) => text(field(field(value, side), 'repo'), 'full_name');
    // The fork may have been deleted since.
    return { number, fromFork: repositoryOf('head') !== repositoryOf('base') };
}
function field(value, name) {
    return typeof value === 'object' && value !== null
        ? value[name]
        : undefined;
}
function text(value, name) {
    const found = field(value, name);
    return typeof found === 'string' && found !== '' ? found : undefined;
}


/***/ })

};
