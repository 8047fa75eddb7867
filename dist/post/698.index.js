export const id = 698;
export const ids = [698];
export const modules = {

/***/ 4698:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cleanUpAfterBuild: () => (/* binding */ cleanUpAfterBuild)
});

// UNUSED EXPORTS: cleanUpAlone

// EXTERNAL MODULE: ./lib/app/options/problems.js
var problems = __webpack_require__(3916);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./node_modules/is-network-error/index.js
const objectToString = Object.prototype.toString;

const isError = value => objectToString.call(value) === '[object Error]';

const errorMessages = new Set([
	'network error', // Chrome
	'NetworkError when attempting to fetch resource.', // Firefox
	'The Internet connection appears to be offline.', // Safari 16
	'Network request failed', // `cross-fetch`
	'fetch failed', // Undici (Node.js)
	'terminated', // Undici (Node.js)
	' A network error occurred.', // Bun (WebKit)
	'Network connection lost', // Cloudflare Workers (fetch)
]);

function isNetworkError(error) {
	const isValid = error
		&& isError(error)
		&& error.name === 'TypeError'
		&& typeof error.message === 'string';

	if (!isValid) {
		return false;
	}

	const {message, stack} = error;

	// Safari 17+ has generic message but no stack for network errors
	if (message === 'Load failed' || (message.startsWith('Load failed (') && message.endsWith(')'))) {
		return stack === undefined
			// Sentry adds its own stack trace to the fetch error, so also check for that
			|| '__sentry_captured__' in error;
	}

	// Deno network errors start with specific text
	if (message.startsWith('error sending request for url')) {
		return true;
	}

	// Chrome: exact "Failed to fetch" or with hostname: "Failed to fetch (example.com)"
	if (message === 'Failed to fetch' || (message.startsWith('Failed to fetch (') && message.endsWith(')'))) {
		return true;
	}

	// Standard network error messages
	return errorMessages.has(message);
}

;// CONCATENATED MODULE: ./node_modules/p-retry/index.js


function validateRetries(retries) {
	if (typeof retries === 'number') {
		if (retries < 0) {
			throw new TypeError('Expected `retries` to be a non-negative number.');
		}

		if (Number.isNaN(retries)) {
			throw new TypeError('Expected `retries` to be a valid number or Infinity, got NaN.');
		}

		// Not `Number.isSafeInteger`, which would reject a huge `retries`. That is accepted on purpose and behaves as effectively forever.
		// eslint-disable-next-line unicorn/prefer-number-is-safe-integer
		if (Number.isFinite(retries) && !Number.isInteger(retries)) {
			throw new TypeError('Expected `retries` to be a non-negative integer or Infinity.');
		}
	} else if (retries !== undefined) {
		throw new TypeError('Expected `retries` to be a number or Infinity.');
	}
}

function validateNumberOption(name, value, {allowInfinity = false} = {}) {
	if (typeof value !== 'number' || Number.isNaN(value)) {
		throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? ' or Infinity' : ''}.`);
	}

	if (!allowInfinity && !Number.isFinite(value)) {
		throw new TypeError(`Expected \`${name}\` to be a finite number.`);
	}

	if (value < 0) {
		throw new TypeError(`Expected \`${name}\` to be \u{2265} 0.`);
	}
}

function validateOption(name, value, type) {
	// `null` means "not provided", as it does for the other options. `unref` needs this because it is the one option with no default of its own.
	if (value === undefined || value === null) {
		return;
	}

	if (typeof value !== type) {
		throw new TypeError(`Expected \`${name}\` to be a ${type}.`);
	}
}

function validateSignal(value) {
	// `null` means "not provided", as it does for the other options.
	if (value === undefined || value === null) {
		return;
	}

	// Duck typed rather than `instanceof`, so a signal from another realm still works. All three methods are checked because `removeEventListener` is called from inside a timer callback, where a `TypeError` would be an uncaught exception rather than a rejection the caller could catch.
	if (typeof value.throwIfAborted !== 'function'
		|| typeof value.addEventListener !== 'function'
		|| typeof value.removeEventListener !== 'function') {
		throw new TypeError('Expected `signal` to be an AbortSignal.');
	}
}

class AbortError extends Error {
	constructor(message) {
		super(typeof message === 'string' ? message : undefined);

		this.name = 'AbortError';

		if (message instanceof Error) {
			this.originalError = message;
			({message} = message);
		} else {
			// Created here, so it already captures every caller frame. Copying `this.stack` instead would only rewrite the header, which is rendered lazily from `name` and `message` at read time. It also stringifies a non-string message, so reuse its result below.
			this.originalError = new Error(message);
			({message} = this.originalError);

			// The caller sees this error, so the frame for this constructor is dropped where the runtime supports it. Left in, the top frame blames p-retry for an error the caller threw. An error the caller passed keeps its own stack, which points at their throw site already. V8-only, hence the lint exception, and the optional call leaves the stack as it is where it is missing.
			// eslint-disable-next-line unicorn/no-nonstandard-builtin-properties
			Error.captureStackTrace?.(this.originalError, AbortError);
		}

		this.message = message;
	}
}

// `setTimeout` cannot represent a longer delay and fires it right away instead, which turns a long backoff into a tight retry loop. Cap at the largest value it can still hold.
const maximumDelay = (2 ** 31) - 1;

function calculateDelay(retriesConsumed, options) {
	// Nothing to wait for, and multiplying by a factor that has grown to `Infinity` would give `NaN`.
	if (options.minTimeout === 0) {
		return 0;
	}

	// `retriesConsumed` starts at 0 and only ever counts up, so the first retry is already attempt 1.
	const attempt = retriesConsumed + 1;
	const random = options.randomize ? (Math.random() + 1) : 1;

	const timeout = Math.round(random * options.minTimeout * (options.factor ** (attempt - 1)));

	// `maxTimeout` rounds up, so a fractional cap still gives a whole number of milliseconds. Rounding down would turn a cap below 1 into no timer at all, which never yields to the event loop. `Math.ceil(Infinity)` is `Infinity`.
	return Math.min(timeout, Math.ceil(options.maxTimeout), maximumDelay);
}

function calculateRemainingTime(start, max) {
	return Number.isFinite(max) ? max - (performance.now() - start) : max;
}

async function delayForRetry(delay, options) {
	if (delay <= 0) {
		return;
	}

	await new Promise((resolve, reject) => {
		// Registered with `once`, so it removes itself when it fires.
		const onAbort = () => {
			clearTimeout(timeoutToken);
			reject(options.signal.reason);
		};

		const timeoutToken = setTimeout(() => {
			options.signal?.removeEventListener('abort', onAbort);
			resolve();
		}, delay);

		if (options.unref) {
			timeoutToken.unref?.();
		}

		options.signal?.addEventListener('abort', onAbort, {once: true});
	});
}

// Stringifying a thrown value can itself throw, for an object with no usable `toString`. That must never be allowed to replace the failure the caller is actually dealing with.
//
// A thrown value whose own accessors or proxy traps throw is not supported, here or anywhere else. It comes from the caller's own code, so it is not something to defend against.
function stringifyThrownValue(value) {
	try {
		return String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}

// `AbortError` wraps the error the caller actually wants, and the wrappers can be nested, so keep unwrapping until the cause is reached. Otherwise an `AbortError` would escape `pRetry` and a `catch` doing `error instanceof AbortError` would read a real failure as a cancellation.
//
// Two wrappers whose `originalError` points at each other are not supported, like the thrown values above.
function unwrapAbortError(error) {
	let cause = error;

	// A wrapper with no error to unwrap to is the cause as far as it goes.
	while (cause instanceof AbortError && cause.originalError instanceof Error) {
		cause = cause.originalError;
	}

	return cause;
}

async function onAttemptFailure({error, attemptNumber, retriesConsumed, startTime, options}) {
	// The signal is checked after the operation and after every callback, so a cancellation is never reported as an operation failure or a callback's decision, and no callback runs after it. The last check also guards the delay, whose abort listener never fires on a signal that is already aborted.
	const abortIfNeeded = () => {
		options.signal?.throwIfAborted();
	};

	const normalizedError = error instanceof Error
		? error
		: new TypeError(`Non-error was thrown: "${stringifyThrownValue(error)}". You should only throw errors.`);

	// Checked before unwrapping an `AbortError`, because the reason a caller aborted with is final. Unwrapping it would replace the reason they chose with whatever is inside it, and it would also let an `AbortError` from the operation outrank a cancellation the caller asked for.
	abortIfNeeded();

	if (normalizedError instanceof AbortError) {
		throw unwrapAbortError(normalizedError);
	}

	// `retriesConsumed` only ever advances while `retriesLeft` is above 0, so this is never negative. `Infinity` minus a finite count is `Infinity`, so an unlimited budget needs no special case.
	const retriesLeft = options.retries - retriesConsumed;

	// A `TypeError` normally means the operation itself is broken rather than the thing it was trying to reach, so retrying it does not help. A network `TypeError` is the exception, and its message differs per runtime, so it has to be recognised rather than assumed.
	const isRetriableError = !(normalizedError instanceof TypeError) || isNetworkError(normalizedError);

	// Out of time already, out of retries, or a failure that is never retried, so the delay is 0 and the callbacks are told that no retry follows. Only computed when a retry can still follow, so a randomized delay does not draw from `Math.random` for a wait that is never taken.
	const timeLeft = calculateRemainingTime(startTime, options.maxRetryTime);
	const delayTime = isRetriableError && timeLeft > 0 && retriesLeft > 0 ? calculateDelay(retriesConsumed, options) : 0;

	const consumeRetryContext = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed,
		retryDelay: delayTime,
	});

	// No answer means no opinion, so fall back to the default. Treating it as `false` instead would leave `retries` uncounted and let the loop run forever.
	const consumeRetry = (await options.shouldConsumeRetry(consumeRetryContext)) ?? true;

	abortIfNeeded();

	const effectiveDelay = consumeRetry ? delayTime : 0;
	const context = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed,
		retryDelay: effectiveDelay,
	});

	await options.onFailedAttempt(context);

	abortIfNeeded();

	const remainingTime = calculateRemainingTime(startTime, options.maxRetryTime);

	// No time or budget left, or a failure that retrying cannot help with.
	if (
		!isRetriableError
		|| remainingTime <= 0
		|| retriesLeft <= 0
	) {
		throw normalizedError;
	}

	const shouldRetry = await options.shouldRetry(context);

	abortIfNeeded();

	if (!shouldRetry) {
		throw normalizedError;
	}

	const remainingTimeAfterShouldRetry = calculateRemainingTime(startTime, options.maxRetryTime);

	if (remainingTimeAfterShouldRetry <= 0) {
		throw normalizedError;
	}

	if (!consumeRetry) {
		return false;
	}

	await delayForRetry(Math.min(effectiveDelay, remainingTimeAfterShouldRetry), options);

	return true;
}

async function pRetry(input, options = {}) {
	options = {...options};

	// Applied before validating, so that `null` means "not provided" here as it does for every other option.
	options.retries ??= 10;

	validateRetries(options.retries);

	if (Object.hasOwn(options, 'forever')) {
		throw new Error('The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.');
	}

	options.factor ??= 2;
	options.minTimeout ??= 1000;
	options.maxTimeout ??= Infinity;
	options.maxRetryTime ??= Infinity;
	options.randomize ??= false;
	options.onFailedAttempt ??= () => {};
	options.shouldRetry ??= () => true;
	options.shouldConsumeRetry ??= () => true;

	// Validate the options that have a runtime type to check.
	validateOption('onFailedAttempt', options.onFailedAttempt, 'function');
	validateOption('shouldRetry', options.shouldRetry, 'function');
	validateOption('shouldConsumeRetry', options.shouldConsumeRetry, 'function');
	validateOption('randomize', options.randomize, 'boolean');
	validateOption('unref', options.unref, 'boolean');
	validateSignal(options.signal);
	validateNumberOption('factor', options.factor);
	validateNumberOption('minTimeout', options.minTimeout);
	validateNumberOption('maxTimeout', options.maxTimeout, {allowInfinity: true});
	validateNumberOption('maxRetryTime', options.maxRetryTime, {allowInfinity: true});

	// A negative factor is rejected above, so this only catches `0`. Treat it as `1` to keep the delay constant instead of dropping to zero after the first retry.
	if (options.factor === 0) {
		options.factor = 1;
	}

	options.signal?.throwIfAborted();

	let attemptNumber = 0;
	let retriesConsumed = 0;
	const startTime = performance.now();

	// A consumed count is always finite, so `Infinity` keeps this true and needs no special case.
	while (retriesConsumed <= options.retries) {
		attemptNumber++;

		try {
			options.signal?.throwIfAborted();

			const result = await input(attemptNumber);

			options.signal?.throwIfAborted();

			return result;
		} catch (error) {
			if (await onAttemptFailure({
				error,
				attemptNumber,
				retriesConsumed,
				startTime,
				options,
			})) {
				retriesConsumed++;
			}
		}
	}

	// Unreachable: `onAttemptFailure` throws once `retriesLeft` reaches 0, which is the same state the loop condition tests, so the loop is always left by a throw. Kept as a guard against a future change to either side breaking that pairing.
	throw new Error('Retry attempts exhausted without throwing an error.');
}

function makeRetriable(function_, options) {
	return function (...arguments_) {
		return pRetry(() => function_.apply(this, arguments_), options);
	};
}

;// CONCATENATED MODULE: ./lib/base/retry.js


const DEFAULTS = { attempts: 5, firstDelay: 500, longestDelay: 60_000 };
/**
 * Calls `attempt` until it succeeds, fails for good, or has failed as often as allowed; then its last error is thrown as it is.
 * Only for work that may be done twice.
 */
function retry(attempt, options) {
    const longestDelay = options.longestDelay ?? DEFAULTS.longestDelay;
    return pRetry(attempt, {
        retries: (options.attempts ?? DEFAULTS.attempts) - 1,
        minTimeout: options.firstDelay ?? DEFAULTS.firstDelay,
        maxTimeout: longestDelay,
        randomize: true,
        signal: options.signal,
        async shouldRetry({ error, retryDelay }) {
            const advice = options.advice(error);
            const asked = advice?.after ?? 0;
            if (advice === undefined || asked > longestDelay)
                return false;
            options.onRetry?.({ error, delay: Math.max(asked, retryDelay) });
            // p-retry waits for `retryDelay` afterwards, and throws the reason of an abort.
            if (asked > retryDelay) {
                await (0,promises_.setTimeout)(asked - retryDelay, undefined, { signal: options.signal }).catch(() => undefined);
            }
            return true;
        },
    });
}

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
;// CONCATENATED MODULE: ./lib/app/action/github/refusal.js

/** The HTTP status of an error of Octokit (a broken connection counts as 500 there); undefined for other errors. */
function statusOf(error) {
    return typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
        ? error.status
        : undefined;
}
function headersOf(error) {
    if (typeof error !== 'object' || error === null || !('response' in error))
        return {};
    const { response } = error;
    if (typeof response !== 'object' || response === null || !('headers' in response))
        return {};
    return typeof response.headers === 'object' && response.headers !== null
        ? response.headers
        : {};
}
/** The primary or a secondary rate limit; a plain 403 is a missing permission. */
function isRateLimit(error) {
    const status = statusOf(error);
    if (status !== 403 && status !== 429)
        return false;
    const headers = headersOf(error);
    return status === 429 || headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0';
}
/** A permission is missing, as far as the answer tells. */
function isForbidden(error) {
    return statusOf(error) === 403 && !isRateLimit(error);
}
/**
 * Why the API did not do what it was asked for: one line, to stand behind a colon.
 * @param permission what the job would have to grant: `pull-requests: write`
 */
function whyRefused(error, permission) {
    const status = statusOf(error);
    if (isAbort(error))
        return 'GitHub did not answer in time';
    if (status === undefined)
        return oneLine((0,errors/* reasonOf */.A3)(error));
    if (isRateLimit(error))
        return `the rate limit of GitHub's API is used up (status ${status})`;
    const said = `status ${status}: ${oneLine((0,errors/* reasonOf */.A3)(error))}`;
    if (status === 401)
        return `GitHub does not take the token (${said})`;
    if (status === 403)
        return `the token may not do that (${said}); the job needs "permissions: ${permission}"`;
    if (status === 404)
        return `the token does not reach the repository (${said}); the job needs "permissions: ${permission}"`;
    if (status >= 500)
        return `GitHub's API cannot be reached or fails (${said})`;
    return `GitHub refused it (${said})`;
}
function isAbort(error) {
    return (typeof error === 'object' &&
        error !== null &&
        'name' in error &&
        (error.name === 'AbortError' || error.name === 'TimeoutError'));
}
const LONGEST_REASON = 200;
/** Answers of a server go into the log: no line of its own, nothing long, no address of a manual. */
function oneLine(text) {
    const line = text.replace(/ - https:\/\/\S+$/, '').replace(/[\p{Cc}\s]+/gu, ' ');
    return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON - 1)}…` : line;
}

;// CONCATENATED MODULE: ./lib/app/action/github/api.js


const ATTEMPTS = 3;
/** Milliseconds. A job does not wait longer for what is only a help. */
const LONGEST_DELAY = 20_000;
/** GitHub's REST API through @actions/github, which is loaded with the first call. */
class GitHubApi {
    #access;
    #octokit;
    constructor(access) {
        this.#access = access;
    }
    /**
     * Does some work that may be done twice; again where the failure may pass by itself (rate limits, 5xx, broken connections).
     * @throws Octokit's RequestError, see whyRefused
     */
    async call(work) {
        const { signal, firstDelay } = this.#access;
        this.#octokit ??= this.#open();
        const octokit = await this.#octokit;
        return retry(() => work({ octokit, request: { signal } }), {
            attempts: ATTEMPTS,
            firstDelay,
            longestDelay: LONGEST_DELAY,
            signal,
            advice,
        });
    }
    async #open() {
        const { getOctokit } = await __webpack_require__.e(/* import() */ 413).then(__webpack_require__.bind(__webpack_require__, 2413));
        const { token, url } = this.#access;
        const silent = () => undefined;
        return getOctokit(token, {
            baseUrl: url,
            userAgent: 'ts-image-build',
            // Its own log goes to the console, past ours.
            log: { debug: silent, info: silent, warn: silent, error: silent },
        });
    }
}
function advice(error) {
    const status = statusOf(error);
    if (isRateLimit(error))
        return { after: waitAskedFor(headersOf(error)) };
    return status !== undefined && status >= 500 ? {} : undefined;
}
/** Milliseconds (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit). */
function waitAskedFor(headers) {
    const after = Number(headers['retry-after'] ?? Number.NaN);
    if (Number.isFinite(after))
        return after * 1000;
    const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
    return Number.isFinite(reset) ? Math.max(0, reset * 1000 - Date.now()) : undefined;
}

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./lib/app/action/github/event.js

/** Reads the event. Not through @actions/github: whether that has to be loaded at all depends on what is read here. */
async function event_readWorkflowEvent(environment) {
    const event = await eventPayload(environment['GITHUB_EVENT_PATH'] ?? '');
    const [owner = '', repo = ''] = (environment['GITHUB_REPOSITORY'] ?? '').split('/');
    const action = event_text(event, 'action');
    const defaultBranch = event_text(field(event, 'repository'), 'default_branch');
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
/** The event as GITHUB_EVENT_PATH holds it; undefined where that names nothing that can be read. */
async function eventPayload(path) {
    if (path === '')
        return undefined;
    try {
        return JSON.parse(await (0,external_node_fs_promises_.readFile)(path, 'utf8'));
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
    const repositoryOf = (side) => event_text(field(field(value, side), 'repo'), 'full_name');
    // The fork may have been deleted since.
    return { number, fromFork: repositoryOf('head') !== repositoryOf('base') };
}
function field(value, name) {
    return typeof value === 'object' && value !== null
        ? value[name]
        : undefined;
}
function event_text(value, name) {
    const found = field(value, name);
    return typeof found === 'string' && found !== '' ? found : undefined;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./lib/image/json-fields.js

/** Error code by which bad JSON of an image is told. */
const CODE = 'BAD_MANIFEST';
/**
 * Reads fields of JSON from elsewhere; every answer is of the promised type and within its limits, everything else an error that names the field. null
 * counts as missing, as Go writes it for empty lists. Unknown fields are left alone.
 */
class json_fields_JsonFields {
    #value;
    #where;
    #fault;
    constructor(value, where, fault) {
        this.#value = value;
        this.#where = where;
        this.#fault = fault;
    }
    /** @throws BuildError `BAD_MANIFEST` for anything but a JSON object in UTF-8 */
    static parse(bytes, what) {
        let value;
        try {
            value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
        }
        catch (cause) {
            throw badManifest(`The ${what} is not JSON`, cause);
        }
        return json_fields_JsonFields.of(value, what);
    }
    /** @param fault makes all errors of what is returned; default: BuildError `BAD_MANIFEST` */
    static of(value, where, fault = badManifest) {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) {
            throw fault(`${where} is not an object`);
        }
        return new json_fields_JsonFields(value, where, fault);
    }
    has(name) {
        return this.#get(name) !== undefined;
    }
    /** @param most characters */
    text(name, most = Number.POSITIVE_INFINITY) {
        const value = this.optionalText(name) ?? this.#missing(name);
        if (value.length > most)
            throw this.#fault(`${this.#name(name)} is longer than ${most} characters`);
        return value;
    }
    optionalText(name) {
        const value = this.#get(name);
        if (value === undefined || typeof value === 'string')
            return value;
        throw this.#wrong(name, 'a text');
    }
    /** A whole number from 0. */
    count(name, most = Number.MAX_SAFE_INTEGER) {
        const value = this.optionalCount(name) ?? this.#missing(name);
        if (value > most)
            throw this.#fault(`${this.#name(name)} is more than ${most}`);
        return value;
    }
    /** A whole number from `least` on. */
    integer(name, least) {
        const value = this.#get(name) ?? this.#missing(name);
        if (Number.isSafeInteger(value) && Number(value) >= least)
            return Number(value);
        throw this.#wrong(name, `a whole number from ${least} on`);
    }
    optionalCount(name) {
        const value = this.#get(name);
        if (value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0))
            return value;
        throw this.#wrong(name, 'a whole number');
    }
    optionalBoolean(name) {
        const value = this.#get(name);
        if (value === undefined || typeof value === 'boolean')
            return value;
        throw this.#wrong(name, 'true or false');
    }
    object(name) {
        return this.optionalObject(name) ?? this.#missing(name);
    }
    optionalObject(name) {
        const value = this.#get(name);
        return value === undefined ? undefined : json_fields_JsonFields.of(value, this.#name(name), this.#fault);
    }
    objects(name) {
        return this.#list(name).map((item, i) => json_fields_JsonFields.of(item, `${this.#name(name)}[${i}]`, this.#fault));
    }
    /** Members of any type; it has to be there. */
    list(name, most) {
        if (!this.has(name))
            return this.#missing(name);
        const list = this.#list(name);
        if (list.length > most)
            throw this.#fault(`${this.#name(name)} has more than ${most} members`);
        return list;
    }
    /** All fields as texts. */
    texts(most, longest) {
        const names = Object.keys(this.#value);
        if (names.length > most)
            throw this.#fault(`${this.#where} has more than ${most} members`);
        return Object.fromEntries(names.map((name) => [name, this.text(name, longest)]));
    }
    optionalTexts(name) {
        if (!this.has(name))
            return undefined;
        const list = this.#list(name);
        if (list.every((item) => typeof item === 'string'))
            return list;
        throw this.#wrong(name, 'a list of texts');
    }
    optionalTextMap(name) {
        const map = this.#map(name);
        if (map === undefined || Object.values(map).every((item) => typeof item === 'string')) {
            return map;
        }
        throw this.#wrong(name, 'an object of texts');
    }
    /** Names whose values are empty objects, as `Volumes` has them. */
    optionalSet(name) {
        const map = this.#map(name);
        if (map === undefined)
            return undefined;
        return Object.fromEntries(Object.keys(map).map((key) => [key, {}]));
    }
    /** All fields but these, null ones left out. */
    others(known) {
        return Object.fromEntries(Object.entries(this.#value).filter(([name, value]) => !known.includes(name) && value !== null));
    }
    #get(name) {
        return Object.hasOwn(this.#value, name) ? (this.#value[name] ?? undefined) : undefined;
    }
    #map(name) {
        const fields = this.optionalObject(name);
        return fields === undefined ? undefined : fields.#value;
    }
    #list(name) {
        const value = this.#get(name) ?? [];
        if (Array.isArray(value))
            return value;
        throw this.#wrong(name, 'a list');
    }
    #name(name) {
        return `${this.#where}.${name}`;
    }
    #missing(name) {
        throw this.#fault(`${this.#name(name)} is missing`);
    }
    #wrong(name, wanted) {
        return this.#fault(`${this.#name(name)} is not ${wanted}`);
    }
}
function badManifest(message, cause) {
    return new BuildError({ kind: 'remote', code: CODE, message, cause });
}

;// CONCATENATED MODULE: ./lib/cache/cache-data.js


/** Fields of a parsed JSON object that a cache gave. @throws BuildError `CACHE_DATA_BAD` when it is none, as all methods of what is returned */
function cache_data_fieldsOf(value, where) {
    return JsonFields.of(value, where, cache_data_badData);
}
/** @throws BuildError `CACHE_DATA_BAD` for text that is not JSON */
function cache_data_parseJson(text, where) {
    try {
        return JSON.parse(text);
    }
    catch (cause) {
        throw cache_data_badData(`${where} is not JSON`, cause);
    }
}
/** What a cache gave cannot be used. */
function cache_data_badData(message, cause) {
    return new errors/* BuildError */.zS({ kind: 'remote', code: 'CACHE_DATA_BAD', message, cause });
}

;// CONCATENATED MODULE: ./lib/cache/texts-in.js
/** All texts in a JSON value, however deep: what others wrote may be nested deeper than calls can be. Names of members are not among them. */
function* textsIn(value) {
    const left = [value];
    while (left.length > 0) {
        const next = left.pop();
        if (typeof next === 'string')
            yield next;
        else if (typeof next === 'object' && next !== null)
            for (const each of Object.values(next))
                left.push(each);
    }
}

;// CONCATENATED MODULE: ./lib/image/digest.js


const SHA256 = /^sha256:[0-9a-f]{64}$/;
const SHA512 = /^sha512:[0-9a-f]{128}$/;
/** Lower-case sha256 or sha512. */
function isDigest(text) {
    return SHA256.test(text) || SHA512.test(text);
}
/** @throws BuildError `BAD_DIGEST` for anything but lower-case sha256 or sha512 */
function digest_parseDigest(text) {
    if (!isDigest(text)) {
        throw new BuildError({
            kind: 'user',
            code: 'BAD_DIGEST',
            message: `"${text}" is not a digest`,
            hint: 'A digest is sha256: and 64 of the characters 0-9a-f.',
        });
    }
    return text;
}
/** @throws BuildError `BAD_DIGEST` */
function digest_parseDiffId(text) {
    return digest_parseDigest(text);
}
function digestOf(bytes) {
    return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
/** The same for bytes that come in pieces. */
async function digestOfStream(chunks) {
    const hash = createHash('sha256');
    for await (const chunk of chunks)
        hash.update(chunk);
    return `sha256:${hash.digest('hex')}`;
}
/** The hash function of a digest, as node:crypto and OCI layouts call it; of content whose digest is not known yet, ours. */
function algorithmOf(digest) {
    return digest === undefined ? 'sha256' : digest.slice(0, digest.indexOf(':'));
}
/** The hex part: the name of a blob's file in an OCI layout. */
function digest_encoded(digest) {
    return digest.slice(digest.indexOf(':') + 1);
}
/** ChainID of the stack, base first; undefined for no layers. */
function chainIdOf(diffIds) {
    let chain;
    for (const diffId of diffIds)
        chain = chain === undefined ? diffId : digestOf(`${chain} ${diffId}`);
    return chain;
}

;// CONCATENATED MODULE: ./lib/image/cache-key.js

/** @throws BuildError `BAD_CACHE_KEY` */
function cache_key_parseCacheKey(text) {
    if (!/^[0-9a-f]{64}$/.test(text)) {
        throw new BuildError({ kind: 'bug', code: 'BAD_CACHE_KEY', message: `"${text}" is not a cache key` });
    }
    return text;
}

;// CONCATENATED MODULE: ./lib/cache/cached-mount.js



const LONGEST_ID = 4096;
const MOST_MEMBERS = 4_000_000;
function cached_mount_encodeMount({ key, id, platform, archive, savedAt }) {
    const { digest, size, unpacked, members } = archive;
    return { key, id: id.slice(0, LONGEST_ID), platform, digest, size, unpacked, members, savedAt };
}
/**
 * Reads what encodeMount made. Nothing in it is trusted.
 * @throws BuildError `CACHE_DATA_BAD`, and those of the parsers of keys and digests
 */
function cached_mount_decodeMount(value) {
    const fields = fieldsOf(value, 'mount');
    return {
        key: parseCacheKey(fields.text('key', 64)),
        id: fields.text('id', LONGEST_ID),
        platform: fields.text('platform', 256),
        archive: {
            digest: parseDigest(fields.text('digest', 256)),
            size: fields.count('size'),
            unpacked: fields.count('unpacked'),
            members: fields.count('members', MOST_MEMBERS),
        },
        savedAt: fields.count('savedAt'),
    };
}

;// CONCATENATED MODULE: ./lib/cache/build-cache.js
/** Most documents that a record has, and most bytes of all of them: every build reads them with the cache's index. */
const build_cache_DOCUMENTS_LIMIT = { count: 32, size: 256 * 1024 };

;// CONCATENATED MODULE: ./lib/cache/record.js





/** Raised whenever a stored record can no longer be read by the code before it; part of every key and file name that holds records. */
const record_RECORD_FORMAT = 1;
/** What a layer holds goes with its record up to this; when it is bigger it is kept apart and read when it is needed. Bytes as serialised. */
const INLINE_INDEX_LIMIT = (/* unused pure expression or super */ null && (64 * 1024));
const MOST_PARTS = 20_000;
const LONGEST_STEP = (/* unused pure expression or super */ null && (64 * 1024));
const MOST_SOURCES = 64;
const MOST_ANNOTATIONS = 64;
/** Parts only explain a miss; a record whose parts are longer than this in all is kept without them. Characters. */
const LONGEST_PARTS = (/* unused pure expression or super */ null && (256 * 1024));
function record_encodeRecord(record) {
    return {
        key: record.key,
        ...(record.contentKey === undefined ? {} : { contentKey: record.contentKey }),
        step: record.step.slice(0, LONGEST_STEP),
        parts: encodeParts(record.parts),
        createdAt: record.createdAt,
        ...(record.parent === undefined ? {} : { parent: record.parent }),
        ...(record.layer === undefined ? {} : { layer: encodeLayer(record.layer) }),
        // Programs that know of no documents leave them out, and are read all the same.
        ...(record.documents === undefined ? {} : { documents: record.documents }),
    };
}
/**
 * Reads what encodeRecord made. Nothing in it is trusted: types, sizes and digests' forms are checked.
 * @throws BuildError `CACHE_DATA_BAD`
 */
function record_decodeRecord(value) {
    const fields = fieldsOf(value, 'record');
    return checked('record', () => ({
        key: parseCacheKey(fields.text('key', 64)),
        ...(fields.has('contentKey') ? { contentKey: parseCacheKey(fields.text('contentKey', 64)) } : {}),
        step: fields.text('step', LONGEST_STEP),
        parts: fields.list('parts', MOST_PARTS).map(decodePart),
        createdAt: decodeDate(fields.text('createdAt', 40)),
        ...(fields.has('parent') ? { parent: decodeParent(fields.text('parent', 256)) } : {}),
        ...(fields.has('layer') ? { layer: decodeLayer(fields.object('layer')) } : {}),
        ...(fields.has('documents') ? { documents: decodeDocuments(fields) } : {}),
    }));
}
/**
 * A record that cannot be read back is of no use to who keeps it, and spoils an index that it is in.
 * @throws BuildError `CACHE_DATA_BAD`
 */
function checkRecord(record) {
    record_decodeRecord(record_encodeRecord(record));
}
/** Newest first. */
function record_byAge(a, b) {
    return a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0;
}
/** Would the two lead to the same image, and be found in the same ways? Times and what only explains do not count. */
function sameResult(a, b) {
    return (a.parent === b.parent &&
        a.contentKey === b.contentKey &&
        a.layer?.descriptor.digest === b.layer?.descriptor.digest &&
        a.documents?.join('\n') === b.documents?.join('\n'));
}
/** Does it count as a result, in reports? */
function record_isResult({ documents }) {
    return documents === undefined;
}
function encodeParts(parts) {
    const length = parts.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
    if (length > LONGEST_PARTS || parts.length > MOST_PARTS)
        return [];
    return parts.map((part) => [part.name, part.value]);
}
function decodePart(value) {
    if (!Array.isArray(value) || value.length !== 2)
        throw badData('a part is no pair');
    const fields = fieldsOf({ name: value[0], value: value[1] }, 'part');
    return { name: fields.text('name', LONGEST_PARTS), value: fields.text('value', LONGEST_PARTS) };
}
function encodeLayer(layer) {
    const { mediaType, digest, size, annotations } = layer.descriptor;
    return {
        mediaType,
        digest,
        size,
        ...(annotations === undefined ? {} : { annotations }),
        diffId: layer.diffId,
        sources: layer.sources.slice(0, MOST_SOURCES).map(({ host, path }) => ({ host, path })),
    };
}
function decodeLayer(fields) {
    const descriptor = {
        mediaType: fields.text('mediaType', 255),
        digest: parseDigest(fields.text('digest', 256)),
        size: fields.count('size'),
        ...(fields.has('annotations')
            ? { annotations: fields.object('annotations').texts(MOST_ANNOTATIONS, 4096) }
            : {}),
    };
    const sources = fields.list('sources', MOST_SOURCES).map((value) => {
        const source = fieldsOf(value, 'source');
        return { host: source.text('host', 255), path: source.text('path', 255) };
    });
    return { descriptor, diffId: parseDiffId(fields.text('diffId', 256)), sources };
}
function decodeDocuments(fields) {
    const { count, size } = DOCUMENTS_LIMIT;
    let rest = size;
    return fields.list('documents', count).map((document) => {
        const text = fieldsOf({ document }, 'record').text('document', rest);
        rest -= text.length;
        return text;
    });
}
function decodeParent(text) {
    return text === '' ? text : parseDigest(text);
}
function decodeDate(text) {
    const time = Date.parse(text);
    if (Number.isNaN(time))
        throw badData(`"${text}" is no time`);
    return new Date(time).toISOString();
}
/** Parsers of other rooms throw errors of their own, which would blame the wrong one. */
function checked(what, read) {
    try {
        return read();
    }
    catch (cause) {
        if (cause instanceof BuildError && cause.code === 'CACHE_DATA_BAD')
            throw cause;
        throw badData(`a ${what} of the cache cannot be read`, cause);
    }
}

;// CONCATENATED MODULE: ./lib/cache/backends/indexed/cache-index.js




const MOST_RECORDS = 5000;
const MOST_MOUNTS = 200;
/** Every build downloads the index. */
const MOST_BYTES = (/* unused pure expression or super */ null && (6 * 1024 * 1024));
/** Days of the index's clock without use after which a record goes. The Actions cache itself deletes entries after 7. */
const MOST_AGE = 30;
/** What the place of a blob takes as JSON, about, and what a mount takes. */
const BLOB_BYTES = 250;
const MOUNT_BYTES = 500;
/** A layer and its index for each record, an archive for each mount. */
const MOST_BLOBS = 2 * MOST_RECORDS + MOST_MOUNTS;
const LONGEST_KEY = 512;
const DAY = 86_400_000;
/** Records, cache mounts and the places of their blobs: what one index entry of the cache service says. Immutable; changes make a new one. */
class cache_index_CacheIndex {
    records;
    blobs;
    mounts;
    clock;
    /** @param clock default: the day of the last use in it */
    constructor(records = [], blobs = [], mounts = [], clock) {
        this.records = new Map([...records].map((indexed) => [indexed.record.key, indexed]));
        this.blobs = new Map([...blobs].map((blob) => [blob.digest, blob]));
        this.mounts = new Map([...mounts].map((indexed) => [indexed.mount.key, indexed]));
        this.clock = clock ?? clockOf([...this.records.values(), ...this.mounts.values()]);
    }
    get isEmpty() {
        return this.records.size === 0 && this.mounts.size === 0;
    }
    /** Records but those that only hold documents of images. */
    get resultCount() {
        return [...this.records.values()].filter(({ record }) => isResult(record)).length;
    }
    /** Bytes of all blobs. */
    get size() {
        return [...this.blobs.values()].reduce((sum, { size }) => sum + size, 0);
    }
    /** The same as a build finds it that uses it on this day of its machine's clock, in days since 1970. */
    onDay(told) {
        const { day, seen } = this.clock;
        if (this.isEmpty)
            return new cache_index_CacheIndex([], this.blobs.values(), [], { day: told, seen: told });
        if (told <= seen)
            return this;
        return new cache_index_CacheIndex(this.records.values(), this.blobs.values(), this.mounts.values(), {
            day: day + 1,
            seen: told,
        });
    }
    /**
     * All of both; where both know a record, a mount or a blob, `newer` is right, but the last use is the later one of the two. Each keeps the age that
     * it has by the clock of its index.
     */
    mergedWith(newer) {
        const [one, other] = [this.clock, newer.clock];
        const clock = { day: Math.max(one.day, other.day), seen: Math.max(one.seen, other.seen) };
        const late = [clock.day - one.day, clock.day - other.day];
        return new cache_index_CacheIndex(merged(this.records, newer.records, late), new Map([...this.blobs, ...newer.blobs]).values(), merged(this.mounts, newer.mounts, late), clock);
    }
    /** Without entries that are gone from the service, the records and mounts that need them, and blobs that nothing needs. */
    without(goneEntries) {
        const blobs = new Map([...this.blobs].filter(([, { place }]) => place.type === 'inline' || !goneEntries.has(place.key)));
        const records = [...this.records.values()].filter((indexed) => isWhole(indexed, this.blobs, blobs));
        const mounts = [...this.mounts.values()].filter(({ mount }) => blobs.has(mount.archive.digest));
        const needed = [...neededBy(records, blobs), ...archivesOf(mounts, blobs)];
        return new cache_index_CacheIndex(records, needed, mounts, this.clock);
    }
    /** The most recently used records and mounts, as many as an index may have. `most` bytes of JSON, roughly. */
    trimmed(most = MOST_BYTES) {
        const oldest = this.clock.day - MOST_AGE;
        const kept = [];
        const mounts = [...this.mounts.values()]
            .filter(({ lastUsed }) => lastUsed >= oldest)
            .sort((a, b) => b.lastUsed - a.lastUsed)
            .slice(0, MOST_MOUNTS);
        const archives = [...archivesOf(mounts, this.blobs)];
        const counted = new Set(archives.map(({ digest }) => digest));
        let bytes = archives.reduce((sum, { place }) => sum + MOUNT_BYTES + sizeOf(place), 0);
        const newestFirst = [...this.records.values()].sort((a, b) => b.lastUsed - a.lastUsed || byAge(a.record, b.record));
        for (const indexed of newestFirst) {
            bytes += Buffer.byteLength(JSON.stringify(encodeIndexedRecord(indexed)));
            for (const { digest, place } of neededBy([indexed], this.blobs)) {
                if (!counted.has(digest))
                    bytes += sizeOf(place);
                counted.add(digest);
            }
            if (bytes > most || kept.length >= MOST_RECORDS || indexed.lastUsed < oldest)
                break;
            kept.push(indexed);
        }
        if (kept.length === this.records.size && mounts.length === this.mounts.size)
            return this;
        return new cache_index_CacheIndex(kept, [...neededBy(kept, this.blobs), ...archives], mounts, this.clock);
    }
    /** Newest record of each step. */
    newestBySteps() {
        const newest = new Map();
        for (const { record } of this.records.values()) {
            const other = newest.get(record.step);
            if (other === undefined || byAge(record, other) < 0)
                newest.set(record.step, record);
        }
        return newest;
    }
    /** Newest record of each content key. */
    byContent() {
        const newest = new Map();
        for (const indexed of this.records.values()) {
            const { contentKey } = indexed.record;
            if (contentKey === undefined)
                continue;
            const other = newest.get(contentKey);
            if (other === undefined || byAge(indexed.record, other.record) < 0)
                newest.set(contentKey, indexed);
        }
        return newest;
    }
    /** A record that tells what this layer holds. */
    withLayerIndex(diffId) {
        for (const indexed of this.records.values()) {
            if (indexed.layerIndex !== undefined && indexed.record.layer?.diffId === diffId)
                return indexed;
        }
        return undefined;
    }
    toJson() {
        const { day, seen } = this.clock;
        return {
            clock: { day, seen },
            records: [...this.records.values()].map(encodeIndexedRecord),
            ...(this.mounts.size === 0 ? {} : { mounts: [...this.mounts.values()].map(encodeIndexedMount) }),
            blobs: [...this.blobs.values()].map(({ digest, size, place }) => ({
                digest,
                size,
                ...(place.type === 'inline'
                    ? { inline: Buffer.from(place.bytes).toString('base64') }
                    : { entry: place.key, ...(place.offset === undefined ? {} : { offset: place.offset }) }),
            })),
        };
    }
    /** @throws BuildError `CACHE_DATA_BAD`, and those of the parsers of keys and digests */
    static fromJson(value) {
        const fields = fieldsOf(value, 'index');
        const clock = fields.has('clock') ? fields.object('clock') : undefined;
        return new cache_index_CacheIndex(fields.list('records', 2 * MOST_RECORDS).map(decodeIndexedRecord), fields.list('blobs', MOST_BLOBS).map(decodeBlob), 
        // Older programs know of no mounts.
        fields.has('mounts') ? fields.list('mounts', 2 * MOST_MOUNTS).map(decodeIndexedMount) : [], clock === undefined ? undefined : { day: clock.count('day'), seen: clock.count('seen') });
    }
}
/** Days since 1970, the grain of the clock: an index need not be saved more than once a day for it. */
function dayOf(time) {
    return Math.max(0, Math.floor(time.getTime() / DAY));
}
function layerBlob(record) {
    return record.layer?.descriptor.digest;
}
function clockOf(used) {
    const day = used.reduce((latest, { lastUsed }) => Math.max(latest, lastUsed), 0);
    return { day, seen: day };
}
/** @param late days by which the clock of each is behind the common one */
function merged(older, newer, [olderLate, newerLate]) {
    const all = new Map();
    for (const [key, value] of older)
        all.set(key, { ...value, lastUsed: value.lastUsed + olderLate });
    for (const [key, value] of newer) {
        const lastUsed = Math.max(value.lastUsed + newerLate, all.get(key)?.lastUsed ?? 0);
        all.set(key, { ...value, lastUsed });
    }
    return all.values();
}
/** Bytes that a blob adds to the index, about. */
function sizeOf(place) {
    return BLOB_BYTES + (place.type === 'inline' ? 1.34 * place.bytes.length : 0);
}
function isWhole({ record }, before, after) {
    const blob = layerBlob(record);
    // A layer that was never here has its sources elsewhere.
    return blob === undefined || !before.has(blob) || after.has(blob);
}
function* neededBy(records, blobs) {
    for (const { record, layerIndex } of records) {
        for (const digest of [layerBlob(record), layerIndex]) {
            const blob = digest === undefined ? undefined : blobs.get(digest);
            if (blob !== undefined)
                yield blob;
        }
    }
}
function* archivesOf(mounts, blobs) {
    for (const { mount } of mounts) {
        const blob = blobs.get(mount.archive.digest);
        if (blob !== undefined)
            yield blob;
    }
}
function encodeIndexedMount({ mount, lastUsed }) {
    return { ...encodeMount(mount), lastUsed };
}
function decodeIndexedMount(value) {
    return { mount: decodeMount(value), lastUsed: fieldsOf(value, 'mount').count('lastUsed') };
}
function encodeIndexedRecord({ record, lastUsed, layerIndex }) {
    return { ...encodeRecord(record), lastUsed, ...(layerIndex === undefined ? {} : { layerIndex }) };
}
function decodeIndexedRecord(value) {
    const fields = fieldsOf(value, 'record');
    return {
        record: decodeRecord(value),
        lastUsed: fields.count('lastUsed'),
        ...(fields.has('layerIndex') ? { layerIndex: parseDigest(fields.text('layerIndex', 256)) } : {}),
    };
}
function decodeBlob(value) {
    const fields = fieldsOf(value, 'blob');
    const blob = { digest: parseDigest(fields.text('digest', 256)), size: fields.count('size') };
    if (fields.has('inline')) {
        return {
            ...blob,
            place: { type: 'inline', bytes: Buffer.from(fields.text('inline', 1 << 24), 'base64') },
        };
    }
    const key = fields.text('entry', LONGEST_KEY);
    const offset = fields.has('offset') ? { offset: fields.count('offset') } : {};
    return { ...blob, place: { type: 'entry', key, ...offset } };
}

;// CONCATENATED MODULE: ./lib/cache/backends/indexed/keys.js

/** All our entries begin so: nothing else is ever read or deleted. */
const keys_KEY_PREFIX = 'ts-image-build-';
/** A blob on its own, exactly as it goes into the image. `generation` is another place for one whose first entry turned out to be damaged. */
function layerKey(digest, generation = '') {
    return `${keys_KEY_PREFIX}L-${encoded(digest)}${generation === '' ? '' : `.${generation}`}`;
}
/** Several small blobs one after the other; `digest` is of all their bytes. */
function packKey(digest) {
    return `${keys_KEY_PREFIX}P-${encoded(digest)}`;
}
/** The digest in a layer's key; undefined for other keys. */
function layerDigest(key) {
    const hex = /-L-([0-9a-f]{64}|[0-9a-f]{128})(?:\..*)?$/.exec(key)?.[1];
    return hex === undefined ? undefined : parseDigest(`${hex.length === 64 ? 'sha256' : 'sha512'}:${hex}`);
}
/** What an index's key says: whose chain it is in, and its number there. undefined for other keys. */
function indexPlace(key) {
    const [, chain, digits] = /^(ts-image-build-I-.+-)(\d{8})$/.exec(key) ?? [];
    return chain === undefined ? undefined : { chain, sequence: Number(digits) };
}

;// CONCATENATED MODULE: ./lib/cache/backends/indexed/index-file.js








/**
 * Longest index that is read, as stored and as JSON. Bytes. None that is written has half of it (see CacheIndex.trimmed), and parsing takes forty
 * times its memory at worst.
 */
const LONGEST_INDEX = 16 * 1024 * 1024;
const LONGEST_JSON = 16 * 1024 * 1024;
/** First line of the file: this, then the SHA-256 of what follows the line, then its signature, both in hex; `-` for no signature. */
const MAGIC = 'ts-image-build cache index 1';
const UNSIGNED = '-';
const compress = (0,external_node_util_.promisify)(external_node_zlib_.zstdCompress);
const decompress = (0,external_node_util_.promisify)(external_node_zlib_.zstdDecompress);
/** The file: a line with the format, checksum and signature, then JSON compressed with zstd (which by itself does not see every changed byte). */
async function index_file_encodeIndexFile(index, identity) {
    const { scope, platform, secret } = identity;
    const body = await compress(Buffer.from(JSON.stringify({ scope, platform, ...index.toJson() })));
    const signature = secret === undefined ? UNSIGNED : sign(body, secret);
    return Buffer.concat([Buffer.from(`${MAGIC} ${checksum(body)} ${signature}\n`), body]);
}
/**
 * @throws BuildError `CACHE_DATA_BAD` for what is damaged or for another image; `CACHE_NOT_SIGNED` when a secret is given and the signature
 * is missing or made with another one
 */
async function index_file_decodeIndexFile(bytes, identity) {
    const { body, sum, signature } = split(bytes);
    if (identity.secret !== undefined)
        checkSignature(body, signature, identity.secret);
    if (sum !== checksum(body))
        throw badData('the index is damaged');
    const value = parseJson(await textOf(body), 'the index');
    const { scope, platform } = identity;
    if (!isFor(value, scope, platform))
        throw badData('the index is for another image');
    try {
        return CacheIndex.fromJson(value);
    }
    catch (cause) {
        throw badData('the index cannot be read', cause);
    }
}
/**
 * Keys of the entries that an index needs, for whoever cleans up: whatever it is for, and not asking for a signature, since a wrong index can
 * only spare something.
 * @throws BuildError `CACHE_DATA_BAD`
 */
async function entriesNamedIn(bytes) {
    const { body } = split(bytes);
    const value = cache_data_parseJson(await textOf(body), 'the index');
    return new Set([...textsIn(value)].filter((text) => text.startsWith(keys_KEY_PREFIX)));
}
/** What does not fit `LONGEST_INDEX`; nothing that was written here has so much. */
function indexTooBig(cause) {
    return new errors/* BuildError */.zS({
        kind: 'remote',
        code: 'CACHE_DATA_BAD',
        message: `it has more than ${LONGEST_INDEX / 1024 / 1024} MiB`,
        hint: 'A build that writes this cache puts a new one in its place; where none does, delete it, or give the cache another name.',
        cause,
    });
}
function split(bytes) {
    const end = bytes.indexOf(0x0a);
    const line = end < 0 ? '' : bytes.toString('latin1', 0, end);
    if (!line.startsWith(`${MAGIC} `))
        throw cache_data_badData('the index has another format');
    const [sum, signature = UNSIGNED] = line.slice(MAGIC.length + 1).split(' ');
    return { body: bytes.subarray(end + 1), sum, signature };
}
async function textOf(body) {
    const json = await decompress(body, { maxOutputLength: LONGEST_JSON }).catch((cause) => {
        if (cause.code === 'ERR_BUFFER_TOO_LARGE')
            throw indexTooBig(cause);
        throw cache_data_badData('the index cannot be decompressed', cause);
    });
    return json.toString('utf8');
}
function checkSignature(body, given, secret) {
    const expected = Buffer.from(sign(body, secret));
    const found = Buffer.from(given);
    if (found.length === expected.length && timingSafeEqual(found, expected))
        return;
    throw new BuildError({
        kind: 'remote',
        code: 'CACHE_NOT_SIGNED',
        message: given === UNSIGNED
            ? 'the index is not signed'
            : 'the signature of the index was made with another secret, or it was changed',
    });
}
function checksum(body) {
    return createHash('sha256').update(body).digest('hex');
}
function sign(body, secret) {
    return createHmac('sha256', secret).update(`${MAGIC}\n`).update(body).digest('hex');
}
function isFor(value, scope, platform) {
    if (typeof value !== 'object' || value === null)
        return false;
    return 'scope' in value && value.scope === scope && 'platform' in value && value.platform === platform;
}

;// CONCATENATED MODULE: ./lib/image/one-chunk.js
/** Bytes that are in memory, for what takes them as a stream. */
async function* one_chunk_oneChunk(bytes) {
    yield bytes;
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
;// CONCATENATED MODULE: ./lib/base/nobody-there.js
const CODES = new Set(['ECONNREFUSED', 'ENOTFOUND']);
/** Errors that are looked through: a chain of causes may be a circle. */
const DEEPEST = 16;
/**
 * Did a connection fail since nothing listens there (`ECONNREFUSED`), or since the host has no address (`ENOTFOUND`)? Then it will so soon after.
 * Errors that it was the cause of are looked through, not only those of this realm.
 */
function isNobodyThere(thrown) {
    let error = thrown;
    for (let depth = 0; depth < DEEPEST && typeof error === 'object' && error !== null; depth += 1) {
        if ('code' in error && CODES.has(error.code))
            return true;
        error = 'cause' in error ? error.cause : undefined;
    }
    return false;
}

;// CONCATENATED MODULE: ./lib/cache/backends/actions/environment.js
/** Names of the variables that openActionsCache reads. */
const ACTIONS_CACHE_VARIABLES = [
    'ACTIONS_CACHE_SERVICE_V2',
    'ACTIONS_RESULTS_URL',
    'ACTIONS_CACHE_URL',
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_CACHE_MODE',
    'GITHUB_SERVER_URL',
    'GITHUB_REF',
    'https_proxy',
    'http_proxy',
    'no_proxy',
    'HTTPS_PROXY',
    'HTTP_PROXY',
    'NO_PROXY',
];
const READ = 1;
const WRITE = 2;
/** Works out the access from the token's `ac` claim and the job's cache mode, before anything is asked of the service. */
function cacheAccess(environment) {
    const scopes = scopesOf(environment.ACTIONS_RUNTIME_TOKEN ?? '');
    const mode = (environment.ACTIONS_CACHE_MODE ?? '').trim().toLowerCase();
    const writeScope = scopes?.find((scope) => scope.permission & WRITE)?.name;
    const readable = (scopes ?? []).filter((scope) => scope.permission & READ).map((scope) => scope.name);
    const forbidden = `the workflow sets cache-mode "${mode}"`;
    const reading = ['none', 'write-only'].includes(mode)
        ? forbidden
        : scopes !== undefined && readable.length === 0
            ? 'the token of this job grants no scope'
            : undefined;
    const writing = ['none', 'read'].includes(mode)
        ? forbidden
        : scopes !== undefined && writeScope === undefined
            ? 'the token of this job is read-only, as for workflows that strangers can trigger'
            : undefined;
    return {
        readable: ownFirst(readable, writeScope),
        writeScope: writing === forbidden ? undefined : writeScope,
        canRead: reading === undefined,
        canWrite: writing === undefined,
        reasons: {
            ...(reading === undefined ? {} : { reading }),
            ...(writing === undefined ? {} : { writing }),
        },
    };
}
/**
 * One line on what a job that wants to read, and perhaps to save, cannot do; undefined when it can. Who cannot read cannot save: an index that
 * was written without the one before it would hide the records of all other jobs.
 */
function accessNotice({ reasons }, wantsSaving) {
    const { reading, writing } = reasons;
    if (reading !== undefined) {
        if (!wantsSaving)
            return `Nothing is read from the Actions cache: ${reading}`;
        if (reading === writing)
            return `The Actions cache is neither read nor written: ${reading}`;
        const why = writing ?? 'its index can only be extended by who reads it';
        return `Nothing is read from the Actions cache: ${reading}; nothing is saved in it: ${why}`;
    }
    if (writing !== undefined && wantsSaving)
        return `Nothing is saved in the Actions cache: ${writing}`;
    return undefined;
}
function ownFirst(readable, own) {
    return own === undefined || !readable.includes(own)
        ? readable
        : [own, ...readable.filter((scope) => scope !== own)];
}
/** The `ac` claim of the runner's token, a JSON text inside the JSON of the payload. undefined when the token is of another form. */
function scopesOf(token) {
    const payload = token.split('.')[1];
    if (payload === undefined)
        return undefined;
    try {
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
        if (typeof claims !== 'object' || claims === null || !('ac' in claims) || typeof claims.ac !== 'string')
            return undefined;
        const scopes = JSON.parse(claims.ac);
        return Array.isArray(scopes) ? scopes.flatMap(toScope) : undefined;
    }
    catch {
        return undefined;
    }
}
function toScope(value) {
    if (typeof value !== 'object' || value === null || !('Scope' in value) || !('Permission' in value))
        return [];
    const { Scope: name, Permission: permission } = value;
    return typeof name === 'string' && typeof permission === 'number' ? [{ name, permission }] : [];
}
/** Why the service's own protocol cannot be spoken here; undefined when it can. */
function whyNotDirect(environment) {
    if (!environment.ACTIONS_CACHE_SERVICE_V2)
        return 'the runner does not offer version 2 of the cache service';
    if (!isHosted(environment.GITHUB_SERVER_URL))
        return 'version 2 of the cache service is for github.com and ghe.com only';
    if (!environment.ACTIONS_RESULTS_URL)
        return 'ACTIONS_RESULTS_URL is not set';
    if (!environment.ACTIONS_RUNTIME_TOKEN)
        return 'ACTIONS_RUNTIME_TOKEN is not set';
    return undefined;
}
/** Why there is no cache service here at all; undefined when there is one. */
function whyNoService(environment) {
    const url = hasVersion2(environment)
        ? environment.ACTIONS_RESULTS_URL
        : (environment.ACTIONS_CACHE_URL ?? environment.ACTIONS_RESULTS_URL);
    if (!url)
        return 'this does not run as a step of an action (no cache service is named)';
    if (!environment.ACTIONS_RUNTIME_TOKEN)
        return 'the runner gives no token for it (ACTIONS_RUNTIME_TOKEN is not set)';
    return undefined;
}
/** Does @actions/cache speak version 2 of the service here? */
function hasVersion2(environment) {
    return Boolean(environment.ACTIONS_CACHE_SERVICE_V2) && isHosted(environment.GITHUB_SERVER_URL);
}
/** As @actions/cache decides it: GitHub Enterprise Server has version 1 of the service alone. */
function isHosted(serverUrl) {
    const url = URL.parse(serverUrl || 'https://github.com');
    const host = url?.hostname.toLowerCase() ?? '';
    return host === 'github.com' || host.endsWith('.ghe.com') || host.endsWith('.localhost');
}

;// CONCATENATED MODULE: ./lib/cache/backends/actions/http-client.js






/** Milliseconds without a byte until a request is given up. */
const IDLE = 30_000;
/** Tries after the first, for what may pass by itself. */
const RETRIES = 3;
/** Milliseconds before the second try; twice that before the third. */
const FIRST_DELAY = 200;
const LONGEST_ANSWER = 1024 * 1024;
const SILENCE = 'ETIMEDOUT';
/** Requests to the cache service and to the storage behind it. URLs never appear in messages: the storage's hold a signature. */
class HttpClient {
    #http;
    #https;
    constructor(environment) {
        // Agents follow these from Node 24.5 on (and 22.21).
        const proxyEnv = Object.fromEntries(ACTIONS_CACHE_VARIABLES.filter((name) => /_proxy$/i.test(name)).map((name) => [
            name,
            environment[name],
        ]));
        const options = { keepAlive: true, maxSockets: 16, proxyEnv };
        this.#http = new external_node_http_.Agent(options);
        this.#https = new external_node_https_.Agent(options);
    }
    /** @throws BuildError `ACTIONS_CACHE_UNREACHABLE` when no answer came */
    send(request) {
        const url = URL.parse(request.url);
        if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
            return Promise.reject(http_client_cacheServiceError('ACTIONS_CACHE_FAILED', 'the cache service names no valid URL'));
        }
        const { method, body, signal } = request;
        const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
        const headers = { 'user-agent': 'ts-image-build', ...length, ...request.headers };
        const options = { method, headers, timeout: IDLE, ...(signal === undefined ? {} : { signal }) };
        return new Promise((resolve, reject) => {
            const sent = url.protocol === 'https:'
                ? external_node_https_.request(url, { ...options, agent: this.#https })
                : external_node_http_.request(url, { ...options, agent: this.#http });
            sent.on('timeout', () => sent.destroy(silence()));
            sent.on('error', (cause) => reject(unreachable(url.hostname, cause)));
            sent.on('response', (message) => {
                resolve({ status: message.statusCode ?? 0, headers: message.headers, body: message });
            });
            sent.end(body);
        });
    }
    [Symbol.dispose]() {
        this.#http.destroy();
        this.#https.destroy();
    }
}
/**
 * The body as bytes.
 * @throws BuildError `ACTIONS_CACHE_UNREACHABLE` when it breaks off, `ACTIONS_CACHE_FAILED` when it is longer than `most`
 */
async function bodyOf(response, most = LONGEST_ANSWER) {
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of response.body) {
            size += chunk.length;
            if (size > most)
                break;
            chunks.push(chunk);
        }
    }
    catch (cause) {
        throw unreachable('the cache service', cause);
    }
    if (size > most)
        throw http_client_cacheServiceError('ACTIONS_CACHE_TOO_LONG', `an answer is longer than ${most} bytes`);
    return Buffer.concat(chunks);
}
/** Frees the connection of a response whose body is of no interest. */
function discard(response) {
    response.body.on('error', () => undefined);
    response.body.resume();
}
/**
 * Does `work` again, with growing pauses, as long as it fails in a way that may pass; only once when nothing listens there, the host has no
 * address, or it was waited for long enough.
 */
function withRetries(work, signal, firstDelay = FIRST_DELAY) {
    return pRetry(work, {
        retries: RETRIES,
        minTimeout: firstDelay,
        randomize: true,
        ...(signal === undefined ? {} : { signal }),
        shouldRetry: ({ error, attemptNumber }) => error instanceof errors/* BuildError */.zS &&
            error.code === 'ACTIONS_CACHE_UNREACHABLE' &&
            attemptNumber <= (isNobodyThere(error) || isSilent(error) ? 1 : RETRIES),
    });
}
function silence() {
    return Object.assign(new RangeError(`no answer for ${IDLE / 1000} seconds`), { code: SILENCE });
}
/** Ours, and the operating system's for a connection that does not come about. */
function isSilent({ cause }) {
    return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === SILENCE;
}
function http_client_cacheServiceError(code, message, cause) {
    return new errors/* BuildError */.zS({ kind: 'remote', code, message, cause });
}
function unreachable(host, cause) {
    return http_client_cacheServiceError('ACTIONS_CACHE_UNREACHABLE', `${host} cannot be reached: ${(0,errors/* reasonOf */.A3)(cause)}`, cause);
}

;// CONCATENATED MODULE: ./lib/cache/backends/actions/download.js

/** One range request. Bytes. */
const SEGMENT = 8 * 1024 * 1024;
/** Range requests under way, and so segments in memory, for one download. */
const AT_ONCE = 4;
/**
 * A stretch of a stored blob, in order, fetched in segments of which a few are under way at once.
 * @throws BuildError of kind `remote` when a segment cannot be had, `ACTIONS_CACHE_FAILED` when the storage gives other lengths than asked for
 */
async function* download(asked) {
    const { start, end, signal } = asked;
    // Segments that are under way at the end are of no use to anybody.
    const stop = new AbortController();
    const request = {
        ...asked,
        signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]),
    };
    const underway = [];
    let next = start;
    try {
        for (let at = start; at < end; at += SEGMENT) {
            while (next < end && underway.length < AT_ONCE) {
                const segment = fetchSegment(request, next, Math.min(next + SEGMENT, end));
                // Whoever waits for it sees the failure; nobody may, when an earlier one failed.
                segment.catch(() => undefined);
                underway.push(segment);
                next += SEGMENT;
            }
            const first = underway.shift();
            if (first !== undefined)
                yield await first;
        }
    }
    finally {
        stop.abort();
        await Promise.allSettled(underway);
    }
}
async function fetchSegment(request, start, end) {
    const { http, signal } = request;
    const fetchOnce = (fresh) => withRetries(async () => {
        const headers = { range: `bytes=${start}-${end - 1}` };
        const response = await http.send({ method: 'GET', url: await request.url(fresh), headers, signal });
        // 200: the storage gives the whole blob, which is what was asked for when the lengths agree.
        if (response.status === 206 || (response.status === 200 && start === 0)) {
            const bytes = await bodyOf(response, end - start);
            if (bytes.length === end - start)
                return bytes;
            throw http_client_cacheServiceError('ACTIONS_CACHE_FAILED', `${bytes.length} bytes came instead of ${end - start}`);
        }
        discard(response);
        if (response.status === 403)
            return 'refused';
        const code = response.status >= 500 ? 'ACTIONS_CACHE_UNREACHABLE' : 'ACTIONS_CACHE_FAILED';
        throw http_client_cacheServiceError(code, `the cache's storage answered a download with status ${response.status}`);
    }, signal);
    const bytes = await fetchOnce(false);
    if (bytes !== 'refused')
        return bytes;
    // Signed URLs expire after some minutes.
    const again = await fetchOnce(true);
    if (again !== 'refused')
        return again;
    throw http_client_cacheServiceError('ACTIONS_CACHE_FAILED', "the cache's storage refuses a download (status 403)");
}
/** The whole blob when its size is not known: for the index. Bytes are limited by `most`. */
function downloadAll(http, url, most, signal) {
    return withRetries(async () => {
        const response = await http.send({ method: 'GET', url, signal });
        if (response.status === 200)
            return bodyOf(response, most);
        discard(response);
        const code = response.status >= 500 ? 'ACTIONS_CACHE_UNREACHABLE' : 'ACTIONS_CACHE_FAILED';
        throw http_client_cacheServiceError(code, `the cache's storage answered a download with status ${response.status}`);
    }, signal);
}

;// CONCATENATED MODULE: ./lib/cache/backends/actions/service-client.js




const SERVICE = 'twirp/github.actions.results.api.v1.CacheService/';
/** Hashed into the version of all entries: those of other formats and of other programs are never seen. */
const NAMESPACE = 'ts-image-build/1';
const LIMITED = 'the repository has had its 200 uploads of this minute';
/** Least and longest time that lookups wait when the service says that there were too many, together and once a job. Seconds. */
const LEAST_WAIT = 1;
const LONGEST_WAIT = 20;
const WRITE_DENIED = 'cache write denied:';
/** What those who stand before the service answer in its place, with a page: a login, a refusal, too many requests. */
const OF_PROXIES = new Set([401, 403, 407, 429]);
/** Version 2 of GitHub's cache service: Twirp calls with JSON bodies (the service of @actions/cache 4 and later). */
class ServiceClient {
    #http;
    #base;
    #authorization;
    /** Milliseconds since 1970. */
    #waitUntil;
    #version = (0,external_node_crypto_.createHash)('sha256').update(NAMESPACE).digest('hex');
    constructor(http, environment) {
        this.#http = http;
        this.#base = (environment.ACTIONS_RESULTS_URL ?? '').replace(/\/?$/, '/');
        this.#authorization = `Bearer ${environment.ACTIONS_RUNTIME_TOKEN ?? ''}`;
    }
    /**
     * The entry with this key or else the newest whose key begins so; scope by scope, as the service orders them.
     * @throws BuildError `ACTIONS_CACHE_UNREACHABLE`, `ACTIONS_CACHE_UNKNOWN_PROTOCOL`, `ACTIONS_CACHE_FAILED`
     */
    async locate(key, signal) {
        const request = { key, restore_keys: [], version: this.#version };
        let answer = await this.#call('GetCacheEntryDownloadURL', request, signal);
        if (answer.status === 429 && answer.retryAfter <= LONGEST_WAIT) {
            this.#waitUntil ??= Date.now() + 1000 * Math.max(LEAST_WAIT, answer.retryAfter);
            await (0,promises_.setTimeout)(Math.max(0, this.#waitUntil - Date.now()), undefined, { signal });
            answer = await this.#call('GetCacheEntryDownloadURL', request, signal);
        }
        const { status, data } = answer;
        if (status !== 200)
            throw refused('a lookup', status, data);
        if (data['ok'] !== true)
            return undefined;
        const url = service_client_textOf(data, 'signed_download_url');
        const matched = service_client_textOf(data, 'matched_key');
        if (url === '' || matched === '')
            throw unknownProtocol('a lookup without a URL');
        return { key: matched, url };
    }
    /** Takes the key for this job; nobody else can write it from now on. Never throws. */
    async reserve(key, signal) {
        try {
            const { status, retryAfter, data } = await this.#call('CreateCacheEntry', { key, version: this.#version }, signal);
            const message = service_client_textOf(data, 'message') || service_client_textOf(data, 'msg');
            if (status === 409)
                return { type: 'exists' };
            if (status === 429)
                return { type: 'limited', retryAfter, reason: LIMITED };
            if (message.startsWith(WRITE_DENIED))
                return { type: 'denied', reason: message };
            const url = service_client_textOf(data, 'signed_upload_url');
            if (status === 200 && data['ok'] === true && url !== '')
                return { type: 'reserved', url };
            return { type: 'failed', reason: refused('a new entry', status, data).message };
        }
        catch (error) {
            return { type: 'failed', reason: (0,errors/* reasonOf */.A3)(error) };
        }
    }
    /**
     * Makes an uploaded entry visible.
     * @throws BuildError as `locate`
     */
    async finalize(key, size, signal) {
        const request = { key, version: this.#version, size_bytes: String(size) };
        const { status, data } = await this.#call('FinalizeCacheEntryUpload', request, signal);
        if (status !== 200 || data['ok'] !== true)
            throw refused('the end of an upload', status, data);
    }
    #call(method, request, signal) {
        return withRetries(async () => {
            const response = await this.#http.send({
                method: 'POST',
                url: this.#base + SERVICE + method,
                headers: { authorization: this.#authorization, 'content-type': 'application/json' },
                body: JSON.stringify(request),
                signal,
            });
            const data = parseObject((await bodyOf(response)).toString('utf8'));
            const { status } = response;
            if (status >= 500 || status === 408) {
                throw http_client_cacheServiceError('ACTIONS_CACHE_UNREACHABLE', `the cache service answered with status ${status}`);
            }
            // A server that has no such service answers with a page of its own, not with a Twirp error, which is a JSON object.
            if (data === undefined && !OF_PROXIES.has(status))
                throw unknownProtocol(`status ${status} and no JSON`);
            return { status, retryAfter: seconds(response.headers['retry-after']), data: data ?? {} };
        }, signal);
    }
}
/** The fields come in snake case; protobuf's JSON mapping allows for camel case too. */
function service_client_textOf(data, name) {
    const camel = name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
    const value = data[name] ?? data[camel];
    return typeof value === 'string' ? value : '';
}
function parseObject(text) {
    try {
        const value = JSON.parse(text);
        return typeof value === 'object' && value !== null ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** Retry-After in seconds or as a date (RFC 9110, 10.2.3). */
function seconds(header) {
    if (header === undefined)
        return 0;
    if (/^\d+$/.test(header))
        return Number(header);
    const time = Date.parse(header);
    return Number.isNaN(time) ? 0 : Math.max(0, Math.ceil((time - Date.now()) / 1000));
}
function refused(what, status, data) {
    const said = service_client_textOf(data, 'msg') || service_client_textOf(data, 'message');
    if (status === 404 && service_client_textOf(data, 'code') === 'bad_route')
        return unknownProtocol('no such call');
    const text = `the cache service refused ${what} (status ${status}${said === '' ? '' : `: ${said}`})`;
    return http_client_cacheServiceError('ACTIONS_CACHE_FAILED', text);
}
function unknownProtocol(answer) {
    const text = `the cache service does not speak version 2 of the protocol (it answered with ${answer})`;
    return http_client_cacheServiceError('ACTIONS_CACHE_UNKNOWN_PROTOCOL', text);
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./lib/image/layer/blocks.js

/** The same bytes in blocks of exactly `size` bytes, the last one shorter. None for no bytes. Every block is a buffer of its own. */
async function* inBlocks(source, size) {
    let block = Buffer.allocUnsafe(size);
    let filled = 0;
    for await (const chunk of source) {
        for (let at = 0; at < chunk.length;) {
            const piece = chunk.subarray(at, at + size - filled);
            block.set(piece, filled);
            filled += piece.length;
            at += piece.length;
            if (filled < size)
                continue;
            yield block;
            block = Buffer.allocUnsafe(size);
            filled = 0;
        }
    }
    if (filled > 0)
        yield block.subarray(0, filled);
}
/**
 * Results of `work` in the order of the source, with up to `most` of them under way: later items are worked on while the consumer is busy with
 * earlier ones.
 */
async function* inOrder(source, most, work) {
    const running = [];
    try {
        for await (const item of source) {
            const result = work(item);
            // Looked at below, perhaps late: until then a failure is not unhandled.
            result.catch(() => undefined);
            running.push(result);
            const first = running.length >= most ? running.shift() : undefined;
            if (first !== undefined)
                yield await first;
        }
        for (let next = running.shift(); next !== undefined; next = running.shift())
            yield await next;
    }
    finally {
        await Promise.allSettled(running);
    }
}
/** So many more than there are processors, of which none then waits for this thread. The thread pool has room for them (base/thread-pool). */
function blocksUnderWay(more) {
    return Math.min(availableParallelism(), 8) + more;
}

;// CONCATENATED MODULE: ./lib/cache/backends/actions/upload.js


/** Blobs up to this go up in one request, bigger ones in blocks of this size. Bytes. */
const BLOCK = 8 * 1024 * 1024;
/** Blocks under way, and so in memory, for one upload. */
const upload_AT_ONCE = 3;
const API_VERSION = '2021-12-02';
/**
 * Opens the content and reads as far as the first block.
 * @throws whatever the content's stream throws
 */
async function readBlocks(upload) {
    const blocks = inBlocks(await upload.open(), BLOCK);
    const first = await blocks.next();
    return {
        first: first.done === true ? new Uint8Array() : first.value,
        rest: () => blocks,
        [Symbol.asyncDispose]: async () => void (await blocks.return(undefined)),
    };
}
/**
 * Puts content at a signed URL (Azure Blob service REST: Put Blob, or Put Block and Put Block List). Returns the number of its bytes, as far as it was read:
 * with more or fewer than `size` it is not to be finalized.
 * @throws BuildError of kind `remote`, or whatever the content's stream throws
 */
async function upload(http, url, blocks, size, signal) {
    // Blocks that are under way when one fails are of no use any more, and would be tried again and again.
    const stop = new AbortController();
    const put = putAt(http, url, signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]));
    try {
        return size <= BLOCK ? await putWhole(put, blocks) : await putInBlocks(put, blocks, url);
    }
    finally {
        stop.abort();
    }
}
async function putWhole(put, blocks) {
    const more = await blocks.rest().next();
    if (more.done !== true)
        return blocks.first.length + more.value.length;
    await put('', blocks.first, { 'x-ms-blob-type': 'BlockBlob' });
    return blocks.first.length;
}
async function putInBlocks(put, blocks, url) {
    const separator = url.includes('?') ? '&' : '?';
    const { ids, total } = await sendBlocks(blocks, (id, block) => put(`${separator}comp=block&blockid=${encodeURIComponent(id)}`, block, {}));
    const list = ids.map((id) => `<Latest>${id}</Latest>`).join('');
    const xml = `<?xml version="1.0" encoding="utf-8"?><BlockList>${list}</BlockList>`;
    await put(`${separator}comp=blocklist`, xml, { 'content-type': 'application/xml' });
    return total;
}
/** Requests to the URL, each tried again for what may pass. */
function putAt(http, url, signal) {
    return (query, body, headers) => withRetries(async () => {
        const all = { 'x-ms-version': API_VERSION, ...headers };
        const response = await http.send({ method: 'PUT', url: url + query, headers: all, body, signal });
        if (response.status === 201)
            return discard(response);
        const said = /<Code>(\w+)<\/Code>/.exec((await bodyOf(response)).toString('utf8'))?.[1];
        const code = response.status >= 500 ? 'ACTIONS_CACHE_UNREACHABLE' : 'ACTIONS_CACHE_FAILED';
        const why = `${response.status}${said === undefined ? '' : ` ${said}`}`;
        throw http_client_cacheServiceError(code, `the cache's storage answered an upload with status ${why}`);
    }, signal);
}
/** All blocks, a few at the same time; their IDs in order. */
async function sendBlocks(blocks, put) {
    const underway = new Set();
    const ids = [];
    let total = 0;
    const send = async (block) => {
        const id = Buffer.from(String(ids.length).padStart(8, '0')).toString('base64');
        ids.push(id);
        total += block.length;
        const sent = put(id, block);
        underway.add(sent);
        sent.then(() => underway.delete(sent), 
        // It stays, so that whoever waits next meets the failure.
        () => undefined);
        // Reading on only when there is room keeps memory bounded.
        while (underway.size >= upload_AT_ONCE)
            await Promise.race(underway);
    };
    await send(blocks.first);
    for await (const block of blocks.rest())
        await send(block);
    await Promise.all(underway);
    return { ids, total };
}

;// CONCATENATED MODULE: ./lib/cache/backends/actions/direct-store.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});







/** The cache service by its own protocol: no archive, no temporary copy, nothing downloaded twice. */
class DirectStore {
    #http;
    #service;
    constructor(environment) {
        this.#http = new HttpClient(environment);
        this.#service = new ServiceClient(this.#http, environment);
    }
    async find(key, signal) {
        const located = await this.#service.locate(key, signal);
        // The service takes a key for a prefix too.
        return located?.key === key ? this.#entry(located) : undefined;
    }
    async newest(prefix, signal) {
        const located = await this.#service.locate(prefix, signal);
        return located === undefined ? undefined : this.#entry(located);
    }
    async put(key, content, signal) {
        let taken = false;
        try {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                const blocks = __addDisposableResource(env_1, await readBlocks(content), true);
                const reservation = await this.#service.reserve(key, signal);
                if (reservation.type !== 'reserved')
                    return reservation;
                taken = true;
                const size = await upload(this.#http, reservation.url, blocks, content.size, signal);
                if (size !== content.size) {
                    return { type: 'failed', taken, reason: `it has ${size} bytes instead of ${content.size}` };
                }
                await this.#finalize(key, size, signal);
                return { type: 'saved' };
            }
            catch (e_1) {
                env_1.error = e_1;
                env_1.hasError = true;
            }
            finally {
                const result_1 = __disposeResources(env_1);
                if (result_1)
                    await result_1;
            }
        }
        catch (error) {
            return { type: 'failed', taken, reason: (0,errors/* reasonOf */.A3)(error) };
        }
    }
    async [Symbol.asyncDispose]() {
        this.#http[Symbol.dispose]();
    }
    /** A second try, after an answer that was lost, is told that there is nothing to end: then the entry is there. */
    async #finalize(key, size, signal) {
        try {
            await this.#service.finalize(key, size, signal);
        }
        catch (error) {
            const found = await this.find(key, signal).catch(() => undefined);
            if (found === undefined)
                throw error;
        }
    }
    #entry(located) {
        let { url } = located;
        const current = async (fresh, signal) => {
            if (fresh) {
                const again = await this.#service.locate(located.key, signal);
                if (again?.key !== located.key)
                    throw lost(located.key);
                ({ url } = again);
            }
            return url;
        };
        const open = async ({ range, size, signal } = {}) => {
            const { start, end } = range ?? { start: 0, end: size };
            // Only an index is read without knowing its size.
            if (end === undefined)
                return one_chunk_oneChunk(await downloadAll(this.#http, url, LONGEST_INDEX, signal));
            return download({ http: this.#http, url: (fresh) => current(fresh, signal), start, end, signal });
        };
        return { key: located.key, open };
    }
}
function lost(key) {
    return http_client_cacheServiceError('ACTIONS_CACHE_FAILED', `the entry ${key} is gone`);
}

;// CONCATENATED MODULE: ./lib/cache/backends/actions/index-chain.js









/** Milliseconds. */
const POLL = 500;
/** The same for a store that tells of each look in the job's log. */
const VAGUE_POLL = 2000;
/** Milliseconds after which saving is given up when others are always faster. */
const MOST_TIME = 90_000;
/** Numbers in a row that others have taken and do not finish, after which saving is given up. */
const MOST_ABANDONED = 8;
/** Longest Retry-After that is waited for, once a job: without its index all that a job has uploaded is of no use. Seconds. */
const index_chain_LONGEST_WAIT = 60;
/** Least that `patience` is halved to with each of them. Milliseconds. */
const LEAST_PATIENCE = 1000;
/**
 * The indexes of one writing scope, numbered. An entry is immutable and its key can be taken once, so whoever writes number n + 1 has seen
 * number n: two jobs that end together never lose each other's records, the later one is refused, merges, and takes the next number.
 */
class IndexChain {
    #store;
    #identity;
    #notices;
    #patience;
    #vague;
    #prefix;
    /** The last number that is known to be taken without an index. */
    #abandoned = 0;
    /** Numbers of other jobs that were passed over: they may only have been slow. */
    #passed = new Set();
    #hasWaited = false;
    /** A failure was waited out for another job's index, which did not come. */
    #wasInVain = false;
    constructor({ store, identity, ref, notices, patience, vague }) {
        this.#store = store;
        this.#identity = identity;
        this.#notices = notices;
        this.#patience = patience;
        this.#vague = vague;
        this.#prefix = indexPrefix(identity, ref);
    }
    async load(signal) {
        const entry = await this.#store.newest(this.#prefix, signal);
        if (entry === undefined)
            return { sequence: 0, index: new CacheIndex(), size: 0 };
        const sequence = Number.parseInt(entry.key.slice(-SEQUENCE_DIGITS), 10);
        const { index, size } = await this.#read(entry, signal);
        return { sequence: Number.isNaN(sequence) ? 0 : sequence, index, size };
    }
    async save(known, change, signal) {
        const deadline = Date.now() + MOST_TIME;
        let newest = await this.#withLate(known ?? (await this.load(signal)), signal);
        let sequence = Math.max(newest.sequence, this.#abandoned) + 1;
        let inARow = 0;
        while (Date.now() < deadline) {
            const index = change(newest.index).trimmed();
            const bytes = await encodeIndexFile(index, this.#identity);
            const outcome = await this.#put(sequence, bytes, signal);
            if (outcome.type === 'saved')
                return { sequence, index, size: bytes.length };
            if (outcome.type === 'failed' && outcome.taken === true)
                this.#abandoned = sequence;
            const patience = Math.max(this.#patience / 2 ** this.#passed.size, Math.min(LEAST_PATIENCE, this.#patience));
            const next = await this.#waitFor(sequence, outcome, patience, signal);
            if (next.sequence >= sequence) {
                newest = next;
                inARow = 0;
            }
            else {
                // A number whose upload was never finished stays taken for a day.
                this.#abandoned = sequence;
                this.#passed.add(sequence);
                inARow += 1;
                if (inARow === MOST_ABANDONED)
                    throw notSaved('its place is taken by other jobs that do not finish saving theirs');
            }
            sequence = Math.max(next.sequence, sequence) + 1;
        }
        throw notSaved('other jobs kept saving theirs at the same time');
    }
    async #put(sequence, bytes, signal) {
        const put = () => {
            const upload = { size: bytes.length, open: async () => oneChunk(bytes) };
            return this.#store.put(this.#prefix + digits(sequence), upload, signal);
        };
        const outcome = await put();
        if (outcome.type !== 'limited' || this.#hasWaited || outcome.retryAfter > index_chain_LONGEST_WAIT)
            return outcome;
        this.#hasWaited = true;
        await sleep(outcome.retryAfter * 1000, undefined, { signal });
        return put();
    }
    /**
     * After a refusal: the index that took the number, or the last one before it when that was abandoned.
     * @throws BuildError where there is nothing to wait for
     */
    async #waitFor(sequence, outcome, patience, signal) {
        if (outcome.type === 'denied' || outcome.type === 'limited')
            throw notSaved(outcome.reason);
        const isTaken = outcome.type === 'exists';
        const mayBeTaken = isTaken || (this.#vague && !this.#wasInVain);
        const until = Date.now() + (mayBeTaken ? patience : 0);
        for (;;) {
            const newest = await this.load(signal);
            const state = isTaken ? await this.#withOvertaken(newest, sequence, signal) : newest;
            if (state.sequence >= sequence)
                return state;
            if (Date.now() >= until) {
                if (outcome.type !== 'failed')
                    return state;
                this.#wasInVain = true;
                throw notSaved(outcome.reason);
            }
            await this.#pause(signal);
        }
    }
    /** Not in step with the other jobs of a matrix. */
    async #pause(signal) {
        const poll = this.#vague ? VAGUE_POLL : POLL;
        await sleep(poll * (0.5 + Math.random()), undefined, { signal });
    }
    /**
     * The newest index is the one that was finished last. Where that was passed over for abandoned, a later number is finished too, and each of the two
     * knows nothing of the other.
     */
    async #withOvertaken(newest, sequence, signal) {
        if (newest.sequence >= sequence)
            return newest;
        const found = await this.#numbered(sequence, signal);
        return found === undefined
            ? newest
            : { sequence, index: newest.index.mergedWith(found.index), size: found.size };
    }
    /** With what jobs have saved that were passed over before. */
    async #withLate(newest, signal) {
        let { index } = newest;
        for (const sequence of this.#passed) {
            const found = await this.#numbered(sequence, signal);
            if (found === undefined)
                continue;
            index = found.index.mergedWith(index);
            this.#passed.delete(sequence);
        }
        return { ...newest, index };
    }
    async #numbered(sequence, signal) {
        const entry = await this.#store.find(this.#prefix + digits(sequence), signal);
        return entry === undefined ? undefined : this.#read(entry, signal);
    }
    async #read(entry, signal) {
        let size = 0;
        try {
            const file = await readIndexFile(entry, signal);
            size = file.length;
            return { index: await decodeIndexFile(file, this.#identity), size };
        }
        catch (error) {
            if (!isUnusable(error))
                throw error;
            this.#notices.add(`An index in ${this.#notices.place} is left out: ${reasonWithHint(error)}`);
            return { index: new CacheIndex(), size };
        }
    }
}
/**
 * @throws BuildError `CACHE_DATA_BAD` for one that is too big; of kind `remote` when it cannot be had
 */
async function readIndexFile(entry, signal) {
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of await entry.open({ signal })) {
            size += chunk.length;
            if (size > LONGEST_INDEX)
                throw indexTooBig();
            chunks.push(chunk);
        }
    }
    catch (error) {
        throw error instanceof errors/* BuildError */.zS && error.code === 'ACTIONS_CACHE_TOO_LONG' ? indexTooBig(error) : error;
    }
    return Buffer.concat(chunks);
}
/** Is the index there, but no use to anybody here? Then the next one takes its place. */
function isUnusable(error) {
    return (error instanceof BuildError && (error.code === 'CACHE_DATA_BAD' || error.code === 'CACHE_NOT_SIGNED'));
}
function notSaved(reason) {
    return cacheServiceError('ACTIONS_CACHE_FAILED', reason);
}
const SEQUENCE_DIGITS = 8;
function digits(sequence) {
    return String(sequence).padStart(SEQUENCE_DIGITS, '0');
}
/** Readable at the front for whoever looks at the list of caches; the hashes keep apart what looks alike. */
function indexPrefix(identity, ref) {
    return `${identityPrefix(identity)}${shortHash(ref ?? '')}-`;
}
/** What the keys of all indexes with this identity begin with, whichever ref they are for. */
function identityPrefix({ scope, platform }) {
    const name = `${slug(scope, 60)}-${slug(platform, 24)}`;
    return `${KEY_PREFIX}I-${name}-${shortHash(`${RECORD_FORMAT}\n${scope}\n${platform}`)}-`;
}
function slug(text, most) {
    return text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, most);
}
function shortHash(text) {
    return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

;// CONCATENATED MODULE: ./lib/cache/backends/actions/named-entries.js
var named_entries_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var named_entries_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});





/** Scopes (git refs) whose entries this job can read; undefined when its token does not tell. */
function readableScopes(environment) {
    const { readable } = cacheAccess(environment);
    return readable.length === 0 ? undefined : readable;
}
/**
 * Keys of the entries that indexes in the Actions cache need. Never throws.
 * @param indexKeys of indexes that are there
 */
async function entriesNamedBy(environment, indexKeys, signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const reason = whyNotDirect(environment) ?? cacheAccess(environment).reasons.reading;
        if (reason !== undefined)
            return { keys: new Set(), notices: [`No index of the Actions cache is read: ${reason}`] };
        const keys = new Set();
        const notices = [];
        const store = named_entries_addDisposableResource(env_1, new DirectStore(environment), true);
        for (const indexKey of indexKeys) {
            try {
                const entry = await store.find(indexKey, signal);
                if (entry === undefined)
                    continue;
                for (const key of await entriesNamedIn(await readIndexFile(entry, signal)))
                    keys.add(key);
            }
            catch (error) {
                notices.push(`The index ${indexKey} of the Actions cache cannot be read: ${(0,errors/* reasonOf */.A3)(error)}`);
            }
        }
        return { keys, notices };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = named_entries_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}

// EXTERNAL MODULE: ./lib/app/options/sizes.js
var sizes = __webpack_require__(268);
;// CONCATENATED MODULE: ./lib/app/action/cache-cleanup/choose-entries.js

/** Milliseconds. What was used within this stays: a running build may count on it. */
const GRACE = 3_600_000;
/** Milliseconds. Builds write their index anew at least once a day, so one that is older belongs to no build of these days. */
const INDEX_LIFE = 7 * 86_400_000;
/** The newest index of each chain, which is all that builds ever read. */
function newestIndexes(entries) {
    const newest = new Map();
    for (const entry of entries) {
        const place = indexPlace(entry.key);
        if (place === undefined)
            continue;
        const chain = [entry.ref, entry.version, place.chain].join('\n');
        const other = newest.get(chain);
        if (other === undefined || place.sequence > (indexPlace(other.key)?.sequence ?? 0))
            newest.set(chain, entry);
    }
    return new Set(newest.values());
}
/** Those newest indexes that builds of these days write, the last one first. */
function livingIndexes(entries, now) {
    return [...newestIndexes(entries)]
        .filter(({ createdAt }) => now - createdAt < INDEX_LIFE)
        .sort((one, other) => other.createdAt - one.createdAt);
}
/** Indexes that a newer one has replaced. They are of no use, however much room there is. */
function replacedIndexes(entries, now) {
    const newest = newestIndexes(entries);
    return entries.filter((entry) => indexPlace(entry.key) !== undefined && !newest.has(entry) && !isYoung(entry, now));
}
/**
 * What has to go for the quota: replaced indexes, then what no index names, then what one does, then those indexes; least recently used first.
 */
function chooseEntries(entries, quota) {
    const { size, now, indexes, isNamed } = quota;
    const gone = new Set(replacedIndexes(entries, now));
    const left = entries.filter((entry) => !gone.has(entry));
    const rank = (entry) => (indexes.has(entry) ? 2 : isNamed(entry) ? 1 : 0);
    const order = left.toSorted((one, other) => rank(one) - rank(other) || one.lastUsed - other.lastUsed || one.id - other.id);
    let total = choose_entries_sizeOf(left);
    for (const entry of order) {
        if (total <= size)
            break;
        if (isYoung(entry, now))
            continue;
        gone.add(entry);
        total -= entry.size;
    }
    return { gone: [...gone], over: Math.max(0, total - size) };
}
/** Bytes of all of them. */
function choose_entries_sizeOf(entries) {
    return entries.reduce((sum, entry) => sum + entry.size, 0);
}
function isYoung({ lastUsed, createdAt }, now) {
    return now - Math.max(lastUsed, createdAt) < GRACE;
}

;// CONCATENATED MODULE: ./lib/app/action/cache-cleanup/own-entries.js


const PAGE = 100;
/** More are not looked at: each page is one of the 1,000 requests that a repository's jobs have an hour. */
const MOST_PAGES = 50;
/** Our entries through the REST API. Methods throw Octokit's RequestError. Whatever the server answers, nothing that is not ours is in the list. */
class OwnEntries {
    #api;
    #repository;
    #now;
    constructor(api, repository) {
        this.#api = api;
        this.#repository = repository;
    }
    /** GitHub's own time when it last listed entries, milliseconds since 1970, where it tells: their times are by that clock. */
    get now() {
        return this.#now;
    }
    /** Least recently used first; of one scope when `ref` is given. */
    list(ref) {
        return this.#api.call(async ({ octokit, request }) => {
            const entries = [];
            let pages = 0;
            for await (const { data, headers } of octokit.paginate.iterator(octokit.rest.actions.getActionsCacheList, {
                ...this.#repository,
                key: keys_KEY_PREFIX,
                ...(ref === undefined ? {} : { ref }),
                sort: 'last_accessed_at',
                direction: 'asc',
                per_page: PAGE,
                request,
            })) {
                entries.push(...data.flatMap(entryOf).filter((entry) => ref === undefined || entry.ref === ref));
                this.#now = timeOf(headers.date) ?? this.#now;
                pages += 1;
                if (pages === MOST_PAGES)
                    break;
            }
            return entries;
        });
    }
    /** One that is gone already counts as deleted. */
    async delete({ id }) {
        try {
            await this.#api.call(({ octokit, request }) => octokit.rest.actions.deleteActionsCacheById({ ...this.#repository, cache_id: id, request }));
        }
        catch (error) {
            // Another job of a matrix was faster.
            if (statusOf(error) !== 404)
                throw error;
        }
    }
    /** Needed where the event does not tell. */
    defaultBranch() {
        return this.#api.call(async ({ octokit, request }) => {
            const { data } = await octokit.rest.repos.get({ ...this.#repository, request });
            return data.default_branch;
        });
    }
}
function timeOf(date) {
    const time = Date.parse(date ?? '');
    return Number.isNaN(time) ? undefined : time;
}
function entryOf({ id, ref, key, version, size_in_bytes, last_accessed_at, created_at, }) {
    if (id === undefined || ref === undefined || key?.startsWith(keys_KEY_PREFIX) !== true)
        return [];
    const createdAt = Date.parse(created_at ?? '');
    const lastUsed = Date.parse(last_accessed_at ?? '');
    // One of unknown age is taken for new, and so left alone.
    if (Number.isNaN(createdAt))
        return [];
    return [
        {
            id,
            ref,
            key,
            version: version ?? '',
            size: size_in_bytes ?? 0,
            lastUsed: Number.isNaN(lastUsed) ? createdAt : lastUsed,
            createdAt,
        },
    ];
}

;// CONCATENATED MODULE: ./lib/app/action/cache-cleanup/clean-up.js





/** Of a run: a repository's jobs have 1,000 requests an hour together. */
const MOST_DELETED = 200;
const MOST_INDEXES = 50;
const PERMISSION = 'actions: write';
/**
 * Deletes entries of ours until they have no more bytes than `quota` together. undefined: nobody could tell what is there, which has been
 * told. Never throws.
 */
function clean_up_keepQuota(quota, job) {
    return told(job, async (own) => {
        const entries = await own.list();
        // A runner whose clock is wrong would take all entries for old, or for new.
        const now = own.now ?? job.now;
        if (choose_entries_sizeOf(entries) <= quota)
            return await deleteThose(chosenWithoutReading(entries, quota, now), entries, own, job);
        const refs = readableScopes(job.environment);
        const isReadable = ({ ref }) => refs?.includes(ref) ?? true;
        const indexes = livingIndexes(entries.filter(isReadable), now).slice(0, MOST_INDEXES);
        const named = await entriesNamedBy(job.environment, indexes.map(({ key }) => key), job.signal);
        for (const notice of named.notices)
            job.onNotice(notice);
        const { gone, over } = chooseEntries(entries, {
            size: quota,
            now,
            indexes: new Set(indexes),
            isNamed: (entry) => named.keys.has(entry.key) && isReadable(entry),
        });
        if (over > 0)
            job.onNotice(`The Actions cache stays ${(0,sizes/* formatSize */.Xq)(over)} over cache-max-size: what was used within the last hour is not deleted`);
        return await deleteThose(gone, entries, own, job);
    });
}
/** Deletes all entries of ours in the scope of a pull request, which nobody else reads. As keepQuota otherwise. */
function clean_up_forgetPullRequest(number, job) {
    return told(job, async (own) => {
        const entries = await own.list(`refs/pull/${number}/merge`);
        return await deleteThose(entries, entries, own, job);
    });
}
/** Replaced indexes go in any case. */
function chosenWithoutReading(entries, size, now) {
    return chooseEntries(entries, { size, now, indexes: new Set(), isNamed: () => false }).gone;
}
async function told(job, work) {
    try {
        return await work(new OwnEntries(job.api, job.repository));
    }
    catch (error) {
        job.onNotice(`The Actions cache is not cleaned up: ${whyRefused(error, PERMISSION)}`);
        return undefined;
    }
}
/** One after the other, as GitHub wants changes to be made. */
async function deleteThose(gone, all, own, { onNotice }) {
    const deleted = new Set();
    try {
        for (const entry of gone.slice(0, MOST_DELETED)) {
            await own.delete(entry);
            deleted.add(entry);
        }
        if (gone.length > MOST_DELETED)
            onNotice(`${gone.length - MOST_DELETED} entries of the Actions cache are left for the next clean-up: a run deletes at most ${MOST_DELETED}`);
    }
    catch (error) {
        onNotice(`The Actions cache is not cleaned up${deleted.size === 0 ? '' : ' to the end'}: ${whyRefused(error, PERMISSION)}`);
    }
    return {
        scopes: clean_up_scopesOf(all.filter((entry) => !deleted.has(entry))),
        deleted: { count: deleted.size, size: choose_entries_sizeOf([...deleted]) },
    };
}
function clean_up_scopesOf(entries) {
    return [...Map.groupBy(entries, ({ ref }) => ref)]
        .map(([ref, some]) => ({ ref, count: some.length, size: choose_entries_sizeOf(some) }))
        .sort((one, other) => other.size - one.size);
}

;// CONCATENATED MODULE: ./lib/app/action/cache-cleanup/edge.js






/** Milliseconds for all requests of a clean-up. */
const edge_MOST_TIME = 120_000;
const CLOSED_ON = (/* unused pure expression or super */ null && (['pull_request', 'pull_request_target']));
/**
 * After a build: keeps the quota (bytes) where the run is for the default branch, whose builds read what is there. undefined: nothing was
 * looked at, and why was told. Never throws.
 */
async function cleanUpAfterBuild(quota, edge) {
    const event = await event_readWorkflowEvent(edge.environment);
    const job = jobFor(event, edge);
    if (job === undefined)
        return undefined;
    const branch = await defaultBranch(event, job);
    if (branch === undefined)
        return undefined;
    if (event.ref === `refs/heads/${branch}`)
        return clean_up_keepQuota(quota, job);
    edge.onNotice(`The Actions cache is cleaned up by runs for ${branch}; this one is for ${event.ref}`);
    return undefined;
}
/**
 * A step that does nothing else, on whichever branch: deletes what a pull request that was closed has left, else keeps the quota.
 * @throws BuildError `BAD_INPUT` when there is neither
 */
async function cleanUpAlone(quota, edge) {
    const event = await readWorkflowEvent(edge.environment);
    const closed = event.action === 'closed' && CLOSED_ON.includes(event.name) ? event.pullRequest?.number : undefined;
    if (closed === undefined && quota === undefined)
        throw badInput(`cache-cleanup: there is nothing to go by: this run is not for a closed pull request, and cache-max-size is not set`, 'Set cache-max-size to what the entries may have together, e.g. 4g.');
    const job = jobFor(event, edge);
    if (job === undefined)
        return undefined;
    return closed === undefined ? keepQuota(quota ?? 0, job) : forgetPullRequest(closed, job);
}
function jobFor({ repository }, edge) {
    const { environment, token, onNotice, signal, firstDelay, now = Date.now() } = edge;
    if (repository === undefined || token === '') {
        const why = repository === undefined ? 'GITHUB_REPOSITORY names no repository' : 'there is no github-token';
        onNotice(`The Actions cache is not cleaned up: ${why}`);
        return undefined;
    }
    const limit = AbortSignal.timeout(edge_MOST_TIME);
    const both = signal === undefined ? limit : AbortSignal.any([signal, limit]);
    const api = new GitHubApi({
        token,
        url: environment['GITHUB_API_URL'] || 'https://api.github.com',
        signal: both,
        ...(firstDelay === undefined ? {} : { firstDelay }),
    });
    return { api, repository, environment, signal: both, now, onNotice };
}
async function defaultBranch(event, job) {
    if (event.defaultBranch !== undefined)
        return event.defaultBranch;
    // Schedules run for no other branch, and their event does not always tell.
    if (event.name === 'schedule')
        return event.ref.replace(/^refs\/heads\//, '');
    try {
        return await new OwnEntries(job.api, job.repository).defaultBranch();
    }
    catch (error) {
        job.onNotice(`The Actions cache is not cleaned up: ${whyRefused(error, 'contents: read')}`);
        return undefined;
    }
}


/***/ })

};
