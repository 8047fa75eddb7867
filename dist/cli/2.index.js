export const id = 2;
export const ids = [2];
export const modules = {

/***/ 2460:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  nk: () => (/* binding */ expandHeredoc),
  Vo: () => (/* binding */ expandWord),
  Pk: () => (/* binding */ processWords)
});

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
;// CONCATENATED MODULE: ./lib/dockerfile/expand-pattern.js
const ONE = { kind: 'one' };
const ANY = { kind: 'any' };
/**
 * Reads a pattern. `\*`, `\?` and `\\` are those characters; the backslash before `}` and `/` only protected them inside `${}` and is
 * dropped. Undefined for any other backslash: BuildKit refuses it.
 */
function readPattern(pattern) {
    const tokens = [];
    for (const [unit] of pattern.matchAll(/\\[}/*?\\]?|[^\\]/gsu)) {
        const token = tokenOf(unit);
        if (token === undefined)
            return undefined;
        tokens.push(token);
    }
    return tokens;
}
function tokenOf(unit) {
    if (unit === '*')
        return ANY;
    if (unit === '?')
        return ONE;
    if (!unit.startsWith('\\'))
        return { kind: 'literal', char: unit };
    const char = unit.slice(1);
    return char === '' ? undefined : { kind: 'literal', char };
}
/** The pattern back to front, with each backslash still before the character that it protects. */
function reversePattern(pattern) {
    const chars = Array.from(pattern);
    const units = [];
    for (let index = 0; index < chars.length; index++) {
        const char = chars[index] ?? '';
        const pair = char === '\\' && index + 1 < chars.length;
        units.push(pair ? char + chars[index + 1] : char);
        if (pair)
            index++;
    }
    return units.reverse().join('');
}
/** All positions in `chars` that a match beginning at `start` can end at, ascending. Linear in text times pattern. */
function ends(tokens, chars, start) {
    let reached = [start];
    for (const token of tokens) {
        reached = token.kind === 'any' ? spread(reached, chars) : step(token, reached, chars);
        if (reached.length === 0)
            break;
    }
    return reached;
}
function step(token, from, chars) {
    const reached = [];
    for (const at of from) {
        const char = chars[at];
        if (char === undefined)
            continue;
        if (token.kind === 'literal' ? char === token.char : char !== '\n')
            reached.push(at + 1);
    }
    return reached;
}
function spread(from, chars) {
    const reached = [];
    let next = -1;
    for (const at of from) {
        if (at < next)
            continue;
        next = at;
        while (next < chars.length && chars[next] !== '\n')
            reached.push(next++);
        reached.push(next++);
    }
    return reached;
}
/** Length in characters of the shortest or longest prefix that matches, -1 if none does. */
function prefixLength(tokens, chars, longest) {
    const found = ends(tokens, chars, 0);
    return (longest ? found.at(-1) : found[0]) ?? -1;
}
/** `${value#pattern}`, `##` with `longest`; undefined if the pattern cannot be read. */
function withoutPrefix(value, pattern, longest) {
    const tokens = readPattern(pattern);
    if (tokens === undefined)
        return undefined;
    const chars = Array.from(value);
    const length = prefixLength(tokens, chars, longest);
    return length === -1 ? value : chars.slice(length).join('');
}
/** `${value%pattern}`, `%%` with `longest`; undefined if the pattern cannot be read. */
function withoutSuffix(value, pattern, longest) {
    const reversed = Array.from(value).reverse().join('');
    const rest = withoutPrefix(reversed, reversePattern(pattern), longest);
    return rest === undefined ? undefined : Array.from(rest).reverse().join('');
}
/** For every position, whether a match can begin there. */
function starts(tokens, chars) {
    let can = new Uint8Array(chars.length + 1).fill(1);
    for (const token of tokens.toReversed()) {
        can = token.kind === 'any' ? spreadBack(can, chars) : stepBack(token, can, chars);
    }
    return can;
}
function stepBack(token, can, chars) {
    const before = new Uint8Array(can.length);
    for (const [at, char] of chars.entries()) {
        const fits = token.kind === 'literal' ? char === token.char : char !== '\n';
        if (fits)
            before[at] = can[at + 1] ?? 0;
    }
    return before;
}
function spreadBack(can, chars) {
    const before = new Uint8Array(can);
    for (let at = chars.length - 1; at >= 0; at--) {
        if (chars[at] !== '\n' && before[at + 1] === 1)
            before[at] = 1;
    }
    return before;
}
/** `${value/pattern/replacement}`: the leftmost match, as long as it can be. */
function replaceFirst(value, pattern, replacement) {
    const tokens = readPattern(pattern);
    if (tokens === undefined)
        return undefined;
    const chars = Array.from(value);
    const start = starts(tokens, chars).indexOf(1);
    if (start === -1)
        return value;
    const end = ends(tokens, chars, start).at(-1) ?? start;
    return chars.slice(0, start).join('') + replacement + chars.slice(end).join('');
}
/**
 * `${value//pattern/replacement}`. As BuildKit does it with Go's regexp, the replacement is a template (`$0` is the match) and an
 * empty match right after another one does not count.
 */
function replaceAll(value, pattern, replacement) {
    const tokens = readPattern(pattern);
    if (tokens === undefined)
        return undefined;
    const chars = Array.from(value);
    const can = starts(tokens, chars);
    const out = [];
    let done = 0;
    let from = 0;
    for (let start = can.indexOf(1); start !== -1; start = can.indexOf(1, from)) {
        const end = ends(tokens, chars, start).at(-1) ?? start;
        out.push(chars.slice(done, start).join(''));
        if (end > done || start === 0)
            out.push(fillTemplate(replacement, chars.slice(start, end).join('')));
        done = end;
        from = Math.max(end, from + 1);
        if (from > chars.length)
            break;
    }
    out.push(chars.slice(done).join(''));
    return out.join('');
}
/** Go's regexp.Expand for a pattern without groups: `$0` and `${0}` are the match, other names nothing, `$$` is a dollar. */
function fillTemplate(template, match) {
    return template.replace(/\$(?:(\$)|(?:\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+)))/gu, (_, dollar, braced, bare) => {
        if (dollar !== undefined)
            return '$';
        return (braced ?? bare) === '0' ? match : '';
    });
}

// EXTERNAL MODULE: ./lib/dockerfile/blank.js
var blank = __webpack_require__(3680);
;// CONCATENATED MODULE: ./lib/dockerfile/expanded-words.js

/** Collects a result and, beside it, its words. */
class Pieces {
    out = [];
    words = [];
    word = '';
    start = 0;
    end = 0;
    /** Ordinary characters of the text, from offset `from` on. Blanks end words. */
    addPlain(text, from) {
        this.split(text, (start, end) => this.extend(text.slice(start, end), from + start, from + end));
    }
    /** What the stretch [from, to) of the text stands for. Its blanks end words. */
    add(text, from, to) {
        this.split(text, (start, end) => this.extend(text.slice(start, end), from, to));
    }
    /** As `add`, but nothing in `text` ends a word. */
    addRaw(text, from, to) {
        this.out.push(text);
        this.extend(text, from, to);
    }
    result() {
        this.close();
        return { value: this.out.join(''), words: this.words };
    }
    split(text, extend) {
        this.out.push(text);
        let done = 0;
        for (let index = 0; index < text.length; index++) {
            if (!(0,blank/* isBlank */.z3)(text.charCodeAt(index)))
                continue;
            extend(done, index);
            this.close();
            done = index + 1;
        }
        extend(done, text.length);
    }
    extend(text, from, to) {
        if (text === '')
            return;
        if (this.word === '')
            this.start = from;
        this.word += text;
        this.end = to;
    }
    close() {
        if (this.word !== '')
            this.words.push({ value: this.word, start: this.start, end: this.end });
        this.word = '';
    }
}

;// CONCATENATED MODULE: ./lib/dockerfile/expand.js



/** Deeper nesting than this is an attack or an accident. */
const DEEPEST = 500;
const NO_VARIABLES = { get: () => undefined };
/**
 * Expands one word: quotes, escapes and `$` forms as in BuildKit's Dockerfile frontend.
 * @throws BuildError `UNCLOSED_QUOTE`, `BAD_SUBSTITUTION`, `BAD_PATTERN`, `VARIABLE_REQUIRED`
 */
function expandWord(word, variables = NO_VARIABLES, options = {}) {
    return new Expander(word, variables, options).run();
}
/**
 * Expands a text and gives its words: how EXPOSE is read.
 * @throws BuildError as expandWord
 */
function processWords(text, variables, options = {}) {
    return expandWord(text, variables, options).words.map((word) => word.value);
}
/**
 * Expands the body of an unquoted heredoc of COPY and ADD: quotes stay, the escape is always the backslash.
 * @throws BuildError `BAD_SUBSTITUTION`, `BAD_PATTERN`, `VARIABLE_REQUIRED`
 */
function expandHeredoc(body, variables) {
    return expandWord(body, variables, { ignoreQuotes: true });
}
const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;
const SPECIAL = '@*#?-$!0';
function isNameChar(char) {
    return char === '_' || LETTER.test(char) || DIGIT.test(char);
}
class Expander {
    text;
    variables;
    options;
    escape;
    matched = new Set();
    unmatched = new Set();
    at = 0;
    depth = 0;
    constructor(text, variables, options) {
        this.text = text;
        this.variables = variables;
        this.options = options;
        this.escape = options.escape ?? '\\';
        if (text.startsWith('\uFEFF'))
            this.at = 1;
    }
    run() {
        const { value, words } = this.until(undefined, this.options.rawEscapes === true);
        return { value, words, matched: this.matched, unmatched: this.unmatched };
    }
    fail(code, why, hint) {
        const word = this.text.length > 80 ? `${this.text.slice(0, 80)}…` : this.text;
        return new errors/* BuildError */.zS({
            kind: 'user',
            code,
            message: `Cannot expand ${JSON.stringify(word)}: ${why}`,
            hint,
        });
    }
    ended() {
        return this.at >= this.text.length;
    }
    /** The character at the cursor, a whole code point. */
    peek() {
        const code = this.text.codePointAt(this.at);
        return code === undefined ? '' : String.fromCodePoint(code);
    }
    next() {
        const char = this.peek();
        this.at += char.length;
        return char;
    }
    /** Reads up to the stop character, which is taken but not part of the result; without one, to the end of the text. */
    until(stop, rawEscapes) {
        if (++this.depth > DEEPEST)
            throw this.fail('BAD_SUBSTITUTION', `more than ${DEEPEST} nested substitutions`);
        const pieces = new Pieces();
        while (!this.ended()) {
            if (stop !== undefined && this.text[this.at] === stop) {
                this.at++;
                this.depth--;
                return pieces.result();
            }
            this.element(pieces, rawEscapes, stop);
        }
        if (stop !== undefined)
            throw this.fail('BAD_SUBSTITUTION', `the closing ${stop} is missing`);
        this.depth--;
        return pieces.result();
    }
    /** One quoted stretch, substitution, escape pair or run of ordinary characters. */
    element(pieces, rawEscapes, stop) {
        const from = this.at;
        const char = this.text[from] ?? '';
        if (!this.special(char)) {
            while (!this.ended() && !this.special(this.text[this.at] ?? '') && this.text[this.at] !== stop)
                this.at++;
            pieces.addPlain(this.text.slice(from, this.at), from);
        }
        else if (char === this.escape)
            this.escaped(pieces, rawEscapes);
        else if (char === '$') {
            const value = this.dollar();
            pieces.add(value, from, this.at);
        }
        else {
            const value = this.unsplit(char, rawEscapes);
            pieces.addRaw(value, from, this.at);
        }
    }
    special(char) {
        if (char === '"' || char === "'")
            return this.options.ignoreQuotes !== true;
        return char === '$' || char === '<' || char === this.escape;
    }
    /** A stretch whose blanks do not end the word. */
    unsplit(char, rawEscapes) {
        if (char === '<')
            return this.redirection();
        return char === '"' ? this.doubleQuoted(rawEscapes) : this.singleQuoted();
    }
    escaped(pieces, rawEscapes) {
        const from = this.at;
        this.at++;
        if (rawEscapes)
            pieces.addRaw(this.escape, from, this.at);
        if (this.ended())
            return;
        const char = this.next();
        pieces.addRaw(char, from, this.at);
    }
    /** `<`, or `<<`, an optional `-` and the blanks behind it, which do not end the word: `<< EOF` is one. */
    redirection() {
        const from = this.at;
        this.at++;
        if (this.text[this.at] !== '<')
            return '<';
        this.at++;
        let ahead = this.text[this.at] === '-' ? this.at + 1 : this.at;
        const blanks = ahead;
        while (/[ \t\r\n]/.test(this.text[ahead] ?? ''))
            ahead++;
        // A `-` with no blank behind it belongs to what follows.
        if (ahead > blanks || blanks === this.at)
            this.at = ahead;
        return this.text.slice(from, this.at);
    }
    singleQuoted() {
        const end = this.text.indexOf("'", this.at + 1);
        if (end === -1)
            throw this.fail('UNCLOSED_QUOTE', 'a single quote is not closed');
        const value = this.options.rawQuotes === true ? this.text.slice(this.at, end + 1) : this.text.slice(this.at + 1, end);
        this.at = end + 1;
        return value;
    }
    doubleQuoted(rawEscapes) {
        const quote = this.options.rawQuotes === true ? '"' : '';
        const out = [quote];
        this.at++;
        while (!this.ended()) {
            const char = this.text[this.at] ?? '';
            if (char === '"') {
                this.at++;
                return out.join('') + quote;
            }
            if (char === '$')
                out.push(this.dollar());
            else
                out.push(char === this.escape ? this.escapedInQuotes(rawEscapes) : this.next());
        }
        throw this.fail('UNCLOSED_QUOTE', 'a double quote is not closed');
    }
    /** Between double quotes the escape only works on `"`, `$` and itself, else it is an ordinary character. */
    escapedInQuotes(rawEscapes) {
        this.at++;
        const kept = rawEscapes ? this.escape : '';
        const char = this.text[this.at];
        if (char === undefined)
            return kept;
        if (char !== '"' && char !== '$' && char !== this.escape)
            return kept + this.escape;
        this.at++;
        return kept + char;
    }
    dollar() {
        this.at++;
        if (this.text[this.at] === '{') {
            this.at++;
            return this.braced();
        }
        const name = this.name();
        if (name === '')
            return '$';
        const value = this.lookUp(name);
        return value ?? (this.options.skipUnset === true ? `$${name}` : '');
    }
    /** A name, the digits of a number, or one special parameter; empty if there is none. */
    name() {
        const from = this.at;
        const first = this.peek();
        if (DIGIT.test(first)) {
            while (DIGIT.test(this.peek()))
                this.next();
        }
        else if (first !== '' && SPECIAL.includes(first)) {
            this.at++;
        }
        else {
            while (isNameChar(this.peek()))
                this.next();
        }
        return this.text.slice(from, this.at);
    }
    lookUp(name) {
        const value = this.variables.get(name);
        (value === undefined ? this.unmatched : this.matched).add(name);
        return value;
    }
    braced() {
        const first = this.text[this.at];
        if (first === undefined)
            throw this.fail('BAD_SUBSTITUTION', 'the closing } is missing');
        if (first === '{' || first === '}' || first === ':') {
            throw this.fail('BAD_SUBSTITUTION', `\${${first} names no variable`);
        }
        const name = this.name();
        const modifier = this.next();
        switch (modifier) {
            case '}':
                return this.lookUp(name) ?? (this.options.skipUnset === true ? `\${${name}}` : '');
            case ':': {
                const second = this.next();
                return this.modified(name, second, true);
            }
            case '+':
            case '-':
            case '?':
            case '#':
            case '%':
                return this.modified(name, modifier, false);
            case '/':
                return this.replaced(name);
            case '':
                throw this.fail('BAD_SUBSTITUTION', 'the closing } is missing');
            default:
                throw this.unsupported(modifier);
        }
    }
    unsupported(modifier) {
        return this.fail('BAD_SUBSTITUTION', `unsupported modifier (${modifier})`, 'behind the name stands one of :- :+ :? - + ? # ## % %% / or //');
    }
    /** `${name-word}` and its like; `orEmpty`: a colon stands before the modifier, so empty counts as unset. */
    modified(name, modifier, orEmpty) {
        const trims = modifier === '#' || modifier === '%';
        const word = this.until('}', trims).value;
        const value = this.lookUp(name);
        const written = `${orEmpty ? ':' : ''}${modifier}`;
        if (value === undefined && this.options.skipUnset === true)
            return `\${${name}${written}${word}}`;
        const given = orEmpty && value === '' ? undefined : value;
        switch (modifier) {
            case '-':
                return given ?? word;
            case '+':
                return given === undefined ? '' : word;
            case '?':
                if (given === undefined)
                    throw this.required(name, value, word);
                return given;
            default:
                return this.trimmed(written, value ?? '', word);
        }
    }
    required(name, value, word) {
        const why = value === undefined ? 'it must be set' : 'it must not be empty';
        return this.fail('VARIABLE_REQUIRED', `${name}: ${word === '' ? why : word}`, `set ${name}, for example with --build-arg ${name}=…`);
    }
    trimmed(modifier, value, word) {
        if (modifier !== '#' && modifier !== '%')
            throw this.unsupported(modifier);
        const longest = word.startsWith(modifier);
        const pattern = longest ? word.slice(1) : word;
        const trim = modifier === '#' ? withoutPrefix : withoutSuffix;
        return trim(value, pattern, longest) ?? this.badPattern(pattern);
    }
    replaced(name) {
        const all = this.text[this.at] === '/';
        if (all)
            this.at++;
        const pattern = this.until('/', true).value;
        const replacement = this.until('}', true).value;
        const value = this.lookUp(name);
        if (value === undefined && this.options.skipUnset === true)
            return `\${${name}/${pattern}/${replacement}}`;
        const replace = all ? replaceAll : replaceFirst;
        return replace(value ?? '', pattern, replacement) ?? this.badPattern(pattern);
    }
    badPattern(pattern) {
        throw this.fail('BAD_PATTERN', `the pattern ${JSON.stringify(pattern)} has a backslash that protects nothing`, 'in a pattern a backslash stands before * ? \\ } or /');
    }
}


/***/ }),

/***/ 3490:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Uj: () => (/* binding */ tryReadMarker),
/* harmony export */   Xh: () => (/* binding */ findMarkers)
/* harmony export */ });
/* unused harmony exports readMarker, chompHeredoc */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _expand_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2460);


const MARKER = /^(\d*)<<(-?)[\t\n\f\r ]*([^<]*)$/;
/**
 * Reads one word as a heredoc marker: `[digits]<<[-][blanks]WORD`; undefined if it is none.
 * Quotes are always read with the backslash as escape, whatever the file's escape directive says.
 * @throws BuildError `UNCLOSED_QUOTE`
 */
function readMarker(word) {
    const match = MARKER.exec(word);
    const rest = match?.[3] ?? '';
    if (match === null || rest === '')
        return undefined;
    const [plain, more] = (0,_expand_js__WEBPACK_IMPORTED_MODULE_1__/* .expandWord */ .Vo)(rest, undefined, { skipUnset: true }).words;
    if (plain === undefined || more !== undefined)
        return undefined;
    const [quoted] = (0,_expand_js__WEBPACK_IMPORTED_MODULE_1__/* .expandWord */ .Vo)(rest, undefined, { skipUnset: true, rawQuotes: true }).words;
    return {
        name: plain.value,
        expand: countQuotes(plain.value) === countQuotes(quoted?.value ?? ''),
        chomp: match[2] === '-',
        fd: Math.min(Number(match[1] ?? ''), Number.MAX_SAFE_INTEGER),
    };
}
function countQuotes(text) {
    return text.length - text.replace(/['"]/g, '').length;
}
/** As readMarker, but a word that cannot be read is simply none. */
function tryReadMarker(word) {
    try {
        return readMarker(word);
    }
    catch (error) {
        if (error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS)
            return undefined;
        throw error;
    }
}
/**
 * The markers of a whole instruction line. A line that the shell rules cannot split (an unclosed quote, a strange `${}`) has none.
 * @throws BuildError when a marker's own word cannot be read
 */
function findMarkers(line) {
    if (!line.includes('<<'))
        return [];
    const markers = [];
    for (const word of wordsOf(line)) {
        const marker = word.value.includes('<<') ? readMarker(word.value) : undefined;
        if (marker !== undefined)
            markers.push({ ...marker, start: word.start, end: word.end });
    }
    return markers;
}
function wordsOf(line) {
    try {
        return (0,_expand_js__WEBPACK_IMPORTED_MODULE_1__/* .expandWord */ .Vo)(line, undefined, { rawQuotes: true, rawEscapes: true, skipUnset: true }).words;
    }
    catch (error) {
        if (error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS)
            return [];
        throw error;
    }
}
/** The body as a file or script sees it: leading tabs of each line cut. */
function chompHeredoc(body) {
    return body.replace(/(^|\n)\t+/g, '$1');
}


/***/ }),

/***/ 8383:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ splitRecord)
/* harmony export */ });
/**
 * Splits one CSV record (RFC 4180: only a whole field can be quoted, `""` is a quote inside it).
 * Returns the fault as a string when there is one.
 */
function splitRecord(text) {
    const fields = [];
    let index = 0;
    if (text === '')
        return 'it is empty';
    for (;;) {
        const quoted = text[index] === '"';
        const field = quoted ? quotedField(text, index) : plainField(text, index);
        if (typeof field === 'string')
            return field;
        fields.push(field.value);
        if (field.end === text.length)
            return fields;
        index = field.end + 1;
    }
}
function plainField(text, start) {
    const comma = text.indexOf(',', start);
    const end = comma === -1 ? text.length : comma;
    const value = text.slice(start, end);
    return value.includes('"') ? 'a quote stands inside a field that does not begin with one' : { value, end };
}
function quotedField(text, start) {
    const value = [];
    let from = start + 1;
    for (;;) {
        const quote = text.indexOf('"', from);
        if (quote === -1)
            return 'a quoted field is not closed';
        value.push(text.slice(from, quote));
        if (text[quote + 1] !== '"') {
            const end = quote + 1;
            const closed = end === text.length || text[end] === ',';
            return closed ? { value: value.join(''), end } : 'text follows the closing quote of a field';
        }
        value.push('"');
        from = quote + 2;
    }
}


/***/ }),

/***/ 5282:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ readFlags)
/* harmony export */ });
/* unused harmony export FlagValues */
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(901);
/* harmony import */ var _suggest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5472);
/* harmony import */ var _reading_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6149);



class FlagValues {
    values;
    constructor(values) {
        this.values = values;
    }
    text(name) {
        return this.values.get(name)?.[0];
    }
    list(name) {
        return this.values.get(name) ?? NONE;
    }
    /** Undefined when the flag is not given. */
    bool(name) {
        const value = this.text(name);
        return value === undefined ? undefined : value.value === 'true';
    }
}
const NO_FLAGS = new FlagValues(new Map());
const NONE = [];
/**
 * Checks the flags of an instruction against the ones it knows.
 * @throws BuildError `UNKNOWN_FLAG`, `DUPLICATE_FLAG`, `FLAG_NEEDS_VALUE`, `BAD_FLAG_VALUE`
 */
function readFlags(source, flags, known) {
    if (flags.length === 0)
        return NO_FLAGS;
    const values = new Map();
    for (const flag of flags) {
        const kind = Object.hasOwn(known, flag.name) ? known[flag.name] : undefined;
        if (kind === undefined)
            throw unknownFlag(flag, Object.keys(known));
        const before = values.get(flag.name);
        if (before !== undefined && kind !== 'list') {
            throw (0,_reading_js__WEBPACK_IMPORTED_MODULE_0__/* .fault */ .DG)('DUPLICATE_FLAG', `--${flag.name} is given twice`, flag.at, 'keep one of them');
        }
        const value = kind === 'bool' ? boolValue(flag) : textValue(flag);
        const text = { value, at: valueRange(source, flag) };
        if (before === undefined)
            values.set(flag.name, [text]);
        else
            before.push(text);
    }
    return new FlagValues(values);
}
function unknownFlag(flag, known) {
    const near = (0,_suggest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(flag.name, known);
    const list = known.map((name) => `--${name}`).join(' ');
    const hint = near === undefined
        ? list === ''
            ? 'this instruction takes no flags; a lone -- before the arguments ends them'
            : `known here: ${list}`
        : `did you mean --${near}?`;
    return (0,_reading_js__WEBPACK_IMPORTED_MODULE_0__/* .fault */ .DG)('UNKNOWN_FLAG', `unknown flag: --${flag.name}`, flag.at, hint);
}
function textValue(flag) {
    if (flag.value !== undefined)
        return flag.value;
    throw (0,_reading_js__WEBPACK_IMPORTED_MODULE_0__/* .fault */ .DG)('FLAG_NEEDS_VALUE', `missing a value on flag: --${flag.name}`, flag.at, `write --${flag.name}=VALUE, with the = and without blanks`);
}
function boolValue(flag) {
    const value = flag.value?.toLowerCase() ?? 'true';
    if (value === 'true' || value === 'false')
        return value;
    throw (0,_reading_js__WEBPACK_IMPORTED_MODULE_0__/* .fault */ .DG)(value === '' ? 'FLAG_NEEDS_VALUE' : 'BAD_FLAG_VALUE', `--${flag.name} is true or false, not ${JSON.stringify(flag.value)}`, flag.at, `write --${flag.name} alone, or --${flag.name}=false`);
}
/** The part behind the `=`, where the flag is written without quotes around its name. */
function valueRange(source, flag) {
    const prefix = `--${flag.name}=`;
    const start = flag.at.start.offset;
    if (flag.value === undefined || !source.text.startsWith(prefix, start))
        return flag.at;
    return (0,_source_js__WEBPACK_IMPORTED_MODULE_2__/* .rangeBetween */ .yb)(source, start + prefix.length, flag.at.end.offset);
}


/***/ }),

/***/ 1237:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ brokenFrom),
/* harmony export */   z: () => (/* binding */ readFrom)
/* harmony export */ });
/* harmony import */ var _flags_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5282);
/* harmony import */ var _reading_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6149);


const STAGE_NAME = /^[a-z][a-z0-9\-_.]*$/;
/** @throws BuildError `MISSING_ARGUMENT`, `TOO_MANY_ARGUMENTS`, `BAD_STAGE_NAME`, and those of flags */
function readFrom(reading) {
    const { source, node } = reading;
    const words = (0,_reading_js__WEBPACK_IMPORTED_MODULE_1__/* .wordsOf */ .Z9)(node.operands);
    const [image, asKeyword, alias] = words;
    if (image === undefined)
        throw (0,_reading_js__WEBPACK_IMPORTED_MODULE_1__/* .missing */ .LO)(node, 'needs an image', 'write FROM image, or FROM image AS stage');
    const named = words.length === 3 && asKeyword?.value.toLowerCase() === 'as';
    if (words.length !== 1 && !named)
        throw wrongWords(image, words);
    const stageName = alias === undefined ? undefined : stageNameOf(alias);
    const flags = (0,_flags_js__WEBPACK_IMPORTED_MODULE_0__/* .readFlags */ .u)(source, node.flags, { platform: 'text' });
    const platform = flags.text('platform');
    return {
        ...(0,_reading_js__WEBPACK_IMPORTED_MODULE_1__/* .baseOf */ .bx)(reading),
        kind: 'from',
        image,
        ...(platform === undefined ? {} : { platform }),
        ...(stageName === undefined ? {} : { stageName }),
        ...(alias === undefined ? {} : { alias }),
        ...(asKeyword === undefined ? {} : { asKeyword }),
    };
}
function wrongWords(image, words) {
    const second = words[1] ?? image;
    const last = words.at(-1) ?? image;
    return (0,_reading_js__WEBPACK_IMPORTED_MODULE_1__/* .fault */ .DG)('TOO_MANY_ARGUMENTS', 'FROM requires either one argument (an image) or three (image AS stage)', { file: second.at.file, start: second.at.start, end: last.at.end }, wrongWordsHint(second.value, words));
}
function wrongWordsHint(second, words) {
    if (words.some((word) => word.value.startsWith('#')))
        return 'a comment must have a line of its own';
    return words.length === 2 && second.toLowerCase() === 'as' ? 'a stage name must follow AS' : undefined;
}
function stageNameOf(alias) {
    const name = alias.value.toLowerCase();
    if (STAGE_NAME.test(name))
        return name;
    throw (0,_reading_js__WEBPACK_IMPORTED_MODULE_1__/* .fault */ .DG)('BAD_STAGE_NAME', `${JSON.stringify(alias.value)} is not a valid name for a build stage`, alias.at, 'a stage name begins with a letter and holds only letters, digits, - _ and .');
}
/** Stands in for a FROM that cannot be read, so that what follows it still has a stage. */
function brokenFrom(reading) {
    const image = (0,_reading_js__WEBPACK_IMPORTED_MODULE_1__/* .wordsOf */ .Z9)(reading.node.operands)[0] ?? { value: '', at: reading.node.keyword.at };
    return { ...(0,_reading_js__WEBPACK_IMPORTED_MODULE_1__/* .baseOf */ .bx)(reading), kind: 'from', image };
}


/***/ }),

/***/ 9828:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  d: () => (/* binding */ readInstruction)
});

// EXTERNAL MODULE: ./lib/dockerfile/node.js + 2 modules
var node = __webpack_require__(6061);
// EXTERNAL MODULE: ./lib/dockerfile/suggest.js
var suggest = __webpack_require__(5472);
// EXTERNAL MODULE: ./lib/dockerfile/instruction/flags.js
var instruction_flags = __webpack_require__(5282);
// EXTERNAL MODULE: ./lib/dockerfile/instruction/reading.js
var instruction_reading = __webpack_require__(6149);
;// CONCATENATED MODULE: ./lib/dockerfile/instruction/command.js


/** @throws BuildError those of flags */
function readCommand(reading, kind) {
    (0,instruction_flags/* readFlags */.u)(reading.source, reading.node.flags, {});
    return { ...(0,instruction_reading/* baseOf */.bx)(reading), kind, command: (0,instruction_reading/* commandOf */.Nl)(reading.node.operands) };
}
/** @throws BuildError `MISSING_ARGUMENT`, `SHELL_NOT_JSON`, and those of flags */
function readShell(reading) {
    const { source, node } = reading;
    (0,instruction_flags/* readFlags */.u)(source, node.flags, {});
    const { operands } = node;
    const hint = 'write SHELL ["/bin/sh", "-c"]';
    if (operands.form === 'line') {
        throw (0,instruction_reading/* fault */.DG)('SHELL_NOT_JSON', 'SHELL requires its arguments in JSON form', operands.text.at, hint);
    }
    if (operands.form !== 'array' || operands.items.length === 0) {
        throw (0,instruction_reading/* missing */.LO)(node, 'requires at least one argument', hint);
    }
    return { ...(0,instruction_reading/* baseOf */.bx)(reading), kind: 'shell', shell: operands.items.map((item) => item.value) };
}

// EXTERNAL MODULE: ./lib/dockerfile/heredoc.js
var heredoc = __webpack_require__(3490);
// EXTERNAL MODULE: ./lib/dockerfile/source.js
var dockerfile_source = __webpack_require__(901);
;// CONCATENATED MODULE: ./lib/dockerfile/instruction/copy.js




const SHARED = {
    chown: 'text',
    chmod: 'text',
    link: 'bool',
    exclude: 'list',
};
const COPY = { from: 'text', ...SHARED, parents: 'bool' };
const ADD = {
    ...SHARED,
    checksum: 'text',
    'keep-git-dir': 'bool',
    unpack: 'bool',
};
/** @throws BuildError `MISSING_ARGUMENT`, `HEREDOC_AS_DESTINATION`, and those of flags */
function readCopy(reading, kind) {
    const { source, node } = reading;
    const words = (0,instruction_reading/* wordsOf */.Z9)(node.operands);
    const destination = words.at(-1);
    if (destination === undefined || words.length < 2)
        throw noDestination(node, words.length);
    const flags = (0,instruction_flags/* readFlags */.u)(source, node.flags, kind === 'copy' ? COPY : ADD);
    if ((0,heredoc/* tryReadMarker */.Uj)(destination.value) !== undefined) {
        throw (0,instruction_reading/* fault */.DG)('HEREDOC_AS_DESTINATION', `${node.keyword.value.toUpperCase()} cannot accept a heredoc as a destination`, destination.at, 'the last argument is the path that is copied to');
    }
    const sources = words.slice(0, -1);
    // Of several bodies with one name the last one counts.
    const bodies = new Map(node.heredocs.map((heredoc) => [heredoc.name, heredoc]));
    const inline = sources.map((word) => inlineSource(reading, word, bodies));
    return {
        ...(0,instruction_reading/* baseOf */.bx)(reading),
        kind,
        sources: sources.filter((_, index) => inline[index] === undefined),
        inlineSources: inline.filter((heredoc) => heredoc !== undefined).map((heredoc) => ({ heredoc })),
        destination,
        ...optional(flags),
        link: flags.bool('link') ?? false,
        parents: flags.bool('parents') ?? false,
        exclude: flags.list('exclude'),
    };
}
function noDestination(node, count) {
    const name = node.keyword.value.toUpperCase();
    return (0,instruction_reading/* missing */.LO)(node, `needs a source and a destination, ${count === 0 ? 'but has neither' : 'but only one of them is given'}`, `write ${name} SOURCE… DESTINATION`);
}
function optional(flags) {
    const texts = {};
    for (const name of ['from', 'chown', 'chmod', 'checksum']) {
        const text = flags.text(name);
        if (text !== undefined)
            texts[name] = text;
    }
    const keepGitDir = flags.bool('keep-git-dir');
    const unpack = flags.bool('unpack');
    return {
        ...texts,
        ...(keepGitDir === undefined ? {} : { keepGitDir }),
        ...(unpack === undefined ? {} : { unpack }),
    };
}
/**
 * The heredoc that a source word names: name, expansion and tabs are those of the word, the body is the last one of that name. In
 * JSON form no bodies are read, yet the word still counts as a heredoc, an empty one.
 */
function inlineSource({ source }, word, bodies) {
    const marker = (0,heredoc/* tryReadMarker */.Uj)(word.value);
    if (marker === undefined)
        return undefined;
    const body = bodies.get(marker.name);
    const end = word.at.end.offset;
    return {
        ...marker,
        content: body?.content ?? '',
        at: word.at,
        body: body?.body ?? (0,dockerfile_source/* rangeBetween */.yb)(source, end, end),
    };
}

// EXTERNAL MODULE: ./lib/dockerfile/instruction/from.js
var from = __webpack_require__(1237);
;// CONCATENATED MODULE: ./lib/dockerfile/instruction/duration.js
const NANOSECONDS = {
    ns: 1,
    us: 1e3,
    // The micro sign and the Greek letter mu.
    '\u00b5s': 1e3,
    '\u03bcs': 1e3,
    ms: 1e6,
    s: 1e9,
    m: 60e9,
    h: 3600e9,
};
const LONGEST = 2 ** 63;
const PART = /(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y;
/** A duration as Go writes it (`1h30m`, `1.5s`, `-2ms`, `0`) in nanoseconds; undefined if it is none. */
function readDuration(text) {
    const negative = text.startsWith('-');
    const body = /^[+-]/.test(text) ? text.slice(1) : text;
    if (body === '0')
        return 0;
    const total = body === '' ? undefined : sum(body);
    if (total === undefined || total >= LONGEST)
        return undefined;
    return Math.trunc(negative ? -total : total);
}
function sum(body) {
    let total = 0;
    PART.lastIndex = 0;
    while (PART.lastIndex < body.length) {
        const [, whole = '', fraction = '', unit = ''] = PART.exec(body) ?? [];
        if (whole === '' && fraction === '')
            return undefined;
        total += Number(`0${whole}.${fraction}0`) * (NANOSECONDS[unit] ?? 0);
    }
    return total;
}

;// CONCATENATED MODULE: ./lib/dockerfile/instruction/healthcheck.js



/** A millisecond is the least that the engine which runs the container takes. */
const SHORTEST = 1_000_000;
const MOST_RETRIES = 2 ** 31 - 1;
const UNSET = { interval: 0, timeout: 0, startPeriod: 0, startInterval: 0, retries: 0 };
const HINT = 'write HEALTHCHECK CMD command, or HEALTHCHECK NONE';
/** @throws BuildError `MISSING_ARGUMENT`, `TOO_MANY_ARGUMENTS`, `BAD_HEALTHCHECK`, `BAD_FLAG_VALUE`, and those of flags */
function readHealthcheck(reading) {
    const { node } = reading;
    const { operands } = node;
    if (operands.form !== 'check')
        throw (0,instruction_reading/* missing */.LO)(node, 'requires at least one argument', HINT);
    const type = operands.type.value.toUpperCase();
    if (type === 'NONE')
        return readNone(reading, operands);
    const flags = (0,instruction_flags/* readFlags */.u)(reading.source, node.flags, {
        interval: 'text',
        timeout: 'text',
        'start-period': 'text',
        'start-interval': 'text',
        retries: 'text',
    });
    if (type !== 'CMD') {
        const message = `HEALTHCHECK is followed by CMD or NONE, not ${JSON.stringify(operands.type.value)}`;
        throw (0,instruction_reading/* fault */.DG)('BAD_HEALTHCHECK', message, operands.type.at, HINT);
    }
    if (isEmpty(operands.command)) {
        throw (0,instruction_reading/* fault */.DG)('MISSING_ARGUMENT', 'HEALTHCHECK CMD needs a command', operands.type.at, HINT);
    }
    return {
        ...(0,instruction_reading/* baseOf */.bx)(reading),
        kind: 'healthcheck',
        none: false,
        command: (0,instruction_reading/* commandOf */.Nl)(operands.command),
        interval: interval(flags.text('interval')),
        timeout: interval(flags.text('timeout')),
        startPeriod: interval(flags.text('start-period')),
        startInterval: interval(flags.text('start-interval')),
        retries: retries(flags.text('retries')),
    };
}
/** Flags are not looked at, as in BuildKit. */
function readNone(reading, operands) {
    const { command } = operands;
    if (command.form === 'line' || !isEmpty(command)) {
        throw (0,instruction_reading/* fault */.DG)('TOO_MANY_ARGUMENTS', 'HEALTHCHECK NONE takes no arguments', operands.type.at);
    }
    return { ...(0,instruction_reading/* baseOf */.bx)(reading), kind: 'healthcheck', none: true, ...UNSET };
}
function isEmpty(operands) {
    return operands.form === 'none' || (operands.form === 'array' && operands.items.length === 0);
}
function interval(text) {
    if (text === undefined || text.value === '')
        return 0;
    const duration = readDuration(text.value);
    if (duration === undefined) {
        const message = `${JSON.stringify(text.value)} is not a duration`;
        throw (0,instruction_reading/* fault */.DG)('BAD_FLAG_VALUE', message, text.at, 'write a number with a unit, such as 30s or 1m30s');
    }
    if (duration !== 0 && duration < SHORTEST) {
        throw (0,instruction_reading/* fault */.DG)('BAD_FLAG_VALUE', `${JSON.stringify(text.value)} is less than 1ms`, text.at);
    }
    return duration;
}
function retries(text) {
    if (text === undefined || text.value === '')
        return 0;
    const count = /^[+-]?\d+$/.test(text.value) ? Number(text.value) : Number.NaN;
    if (!(count >= 0 && count <= MOST_RETRIES)) {
        const message = `${JSON.stringify(text.value)} is no number of retries`;
        throw (0,instruction_reading/* fault */.DG)('BAD_FLAG_VALUE', message, text.at, 'write a whole number from 0 on');
    }
    return count;
}

;// CONCATENATED MODULE: ./lib/dockerfile/instruction/key-value.js


/** @throws BuildError `MISSING_ARGUMENT`, `BLANK_NAME`, and those of flags */
function readPairs(reading, kind) {
    const { source, node } = reading;
    (0,instruction_flags/* readFlags */.u)(source, node.flags, {});
    if (node.operands.form !== 'pairs') {
        throw (0,instruction_reading/* missing */.LO)(node, 'requires at least one argument', `write ${kind.toUpperCase()} name=value`);
    }
    const { pairs, legacy } = node.operands;
    for (const { key } of pairs)
        if (key.value === '')
            throw blank(kind, key);
    return { ...(0,instruction_reading/* baseOf */.bx)(reading), kind, pairs, legacy };
}
/** Flags are dropped unread, as in BuildKit. @throws BuildError `MISSING_ARGUMENT`, `BLANK_NAME` */
function readArg(reading) {
    const { operands } = reading.node;
    if (operands.form !== 'names') {
        throw (0,instruction_reading/* missing */.LO)(reading.node, 'requires at least one argument', 'write ARG NAME or ARG NAME=default');
    }
    for (const { key } of operands.names)
        if (key.value === '')
            throw blank('arg', key);
    return { ...(0,instruction_reading/* baseOf */.bx)(reading), kind: 'arg', pairs: operands.names };
}
function blank(kind, key) {
    return (0,instruction_reading/* fault */.DG)('BLANK_NAME', `${kind.toUpperCase()} names can not be blank`, key.at, 'a name must stand before the =; no blank may stand around it');
}

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
;// CONCATENATED MODULE: ./lib/dockerfile/instruction/onbuild.js



/** Go's `\s`: ASCII blanks without the vertical tab. */
const PREFIX = /^[\t\n\f\r ]*ONBUILD[\t\n\f\r ]*/i;
/**
 * The trigger itself is not judged: that happens in the build that is FROM this image.
 * @throws BuildError `MISSING_ARGUMENT`, `BAD_TRIGGER`, and those of flags
 */
function readOnbuild(reading, read) {
    const { source, node } = reading;
    if (node.operands.form !== 'trigger') {
        throw (0,instruction_reading/* missing */.LO)(node, 'requires at least one argument', 'write an instruction behind it: ONBUILD RUN …');
    }
    (0,instruction_flags/* readFlags */.u)(source, node.flags, {});
    const inner = node.operands.node;
    refuse(inner);
    const trigger = tryRead({ source, node: placed(inner, node) }, read);
    return {
        ...(0,instruction_reading/* baseOf */.bx)(reading),
        kind: 'onbuild',
        expression: expressionOf(node),
        ...(trigger === undefined ? {} : { trigger }),
    };
}
function refuse({ name, keyword }) {
    if (name === 'onbuild')
        throw (0,instruction_reading/* fault */.DG)('BAD_TRIGGER', 'ONBUILD ONBUILD is not allowed', keyword.at);
    if (name !== 'from' && name !== 'maintainer')
        return;
    throw (0,instruction_reading/* fault */.DG)('BAD_TRIGGER', `${name.toUpperCase()} is not allowed as an ONBUILD trigger`, keyword.at);
}
/** Bodies and lines belong to the ONBUILD; its trigger has a share in them. */
function placed(inner, outer) {
    const { heredocs, end, startLine, endLine } = outer;
    return { ...inner, heredocs, end, startLine, endLine };
}
function tryRead(reading, read) {
    try {
        return read(reading);
    }
    catch (error) {
        if (error instanceof errors/* BuildError */.zS)
            return undefined;
        throw error;
    }
}
function expressionOf(node) {
    const bodies = node.heredocs.map((heredoc) => `\n${heredoc.content}${heredoc.name}`);
    return node.line.value.replace(PREFIX, '') + bodies.join('');
}

// EXTERNAL MODULE: ./lib/dockerfile/truth-value.js
var truth_value = __webpack_require__(243);
// EXTERNAL MODULE: ./lib/dockerfile/instruction/csv-record.js
var csv_record = __webpack_require__(8383);
;// CONCATENATED MODULE: ./lib/dockerfile/instruction/run-device.js




/**
 * Reads `NAME[,required[=bool]]` or `name=NAME,…`.
 * @throws BuildError `BAD_DEVICE`
 */
function readDevice(text) {
    const fields = (0,csv_record/* splitRecord */.I)(text.value);
    if (typeof fields === 'string')
        throw bad(text, fields);
    let name = '';
    let required = false;
    for (const field of fields) {
        const equals = field.indexOf('=');
        const key = (equals === -1 ? field : field.slice(0, equals)).toLowerCase();
        const value = equals === -1 ? undefined : field.slice(equals + 1);
        if (key === 'required')
            required = requiredValue(value, text);
        else if (name === '')
            name = key === 'name' && value !== undefined ? value : field;
        else
            throw unknownField(key, field, name, text);
    }
    return { name, required };
}
function unknownField(key, field, name, text) {
    if (key === 'name')
        return bad(text, `the name is already ${name}`);
    return bad(text, `${JSON.stringify(field)} is not known`, (0,suggest/* didYouMean */.a)(key, ['name', 'required']));
}
function requiredValue(value, text) {
    if (value === undefined)
        return true;
    const bool = (0,truth_value/* readBool */.r)(value);
    if (bool === undefined)
        throw bad(text, `required must be true or false, not ${JSON.stringify(value)}`);
    return bool;
}
function bad(text, why, hint = 'write --device=NAME or --device=NAME,required') {
    return (0,instruction_reading/* fault */.DG)('BAD_DEVICE', `The device ${JSON.stringify(text.value)} cannot be read: ${why}`, text.at, hint);
}

// EXTERNAL MODULE: ./lib/dockerfile/instruction/run-mount.js + 1 modules
var run_mount = __webpack_require__(9169);
;// CONCATENATED MODULE: ./lib/dockerfile/instruction/run.js





const NETWORKS = ['default', 'none', 'host'];
const SECURITY = ['sandbox', 'insecure'];
/** @throws BuildError `BAD_MOUNT`, `BAD_DEVICE`, `BAD_FLAG_VALUE`, and those of flags */
function readRun(reading) {
    const { source, node } = reading;
    const flags = (0,instruction_flags/* readFlags */.u)(source, node.flags, {
        mount: 'list',
        network: 'text',
        security: 'text',
        device: 'list',
    });
    const mounts = flags.list('mount');
    for (const mount of mounts)
        (0,run_mount/* checkMount */.g)(mount);
    const devices = flags.list('device');
    for (const device of devices)
        readDevice(device);
    return {
        ...(0,instruction_reading/* baseOf */.bx)(reading),
        kind: 'run',
        command: (0,instruction_reading/* commandOf */.Nl)(node.operands),
        mounts,
        network: choice(flags, 'network', NETWORKS),
        security: choice(flags, 'security', SECURITY),
        devices,
    };
}
/** One of a few words; the first is the default. */
function choice(flags, name, options) {
    const given = flags.text(name);
    if (given === undefined)
        return options[0];
    const option = options.find((one) => one === given.value);
    if (option === undefined)
        throw badChoice(name, given, options);
    return option;
}
function badChoice(name, given, options) {
    return (0,instruction_reading/* fault */.DG)('BAD_FLAG_VALUE', `--${name}=${given.value} is not known`, given.at, (0,suggest/* didYouMean */.a)(given.value, options) ?? `it is one of ${options.join(', ')}`);
}

// EXTERNAL MODULE: ./lib/dockerfile/blank.js
var dockerfile_blank = __webpack_require__(3680);
;// CONCATENATED MODULE: ./lib/dockerfile/instruction/word.js



const EXAMPLES = {
    workdir: 'write WORKDIR /path',
    user: 'write USER name or USER uid:gid',
    stopsignal: 'write STOPSIGNAL SIGTERM',
    maintainer: 'write LABEL org.opencontainers.image.authors="…" instead',
};
/** STOPSIGNAL drops flags unread, as in BuildKit. @throws BuildError `MISSING_ARGUMENT`, and those of flags */
function readWord(reading, kind) {
    const word = (0,instruction_reading/* wholeLine */.ku)(reading.node, EXAMPLES[kind]);
    if (kind !== 'stopsignal')
        (0,instruction_flags/* readFlags */.u)(reading.source, reading.node.flags, {});
    return { ...(0,instruction_reading/* baseOf */.bx)(reading), kind, word };
}
/** @throws BuildError `MISSING_ARGUMENT`, `EMPTY_VOLUME`, and those of flags */
function readList(reading, kind) {
    const { source, node } = reading;
    const words = (0,instruction_reading/* wordsOf */.Z9)(node.operands);
    if (words.length === 0) {
        throw (0,instruction_reading/* missing */.LO)(node, 'requires at least one argument', kind === 'expose' ? 'write EXPOSE 80' : 'write VOLUME /path');
    }
    (0,instruction_flags/* readFlags */.u)(source, node.flags, {});
    if (kind === 'expose')
        return { ...(0,instruction_reading/* baseOf */.bx)(reading), kind, words };
    const trimmed = words.map((word) => ({ value: (0,dockerfile_blank/* trimBlanks */.I6)(word.value), at: word.at }));
    const empty = trimmed.find((word) => word.value === '');
    if (empty !== undefined)
        throw (0,instruction_reading/* fault */.DG)('EMPTY_VOLUME', 'A VOLUME can not be an empty string', empty.at);
    return { ...(0,instruction_reading/* baseOf */.bx)(reading), kind, words: trimmed };
}

;// CONCATENATED MODULE: ./lib/dockerfile/instruction/read.js











const READERS = {
    add: (reading) => readCopy(reading, 'add'),
    arg: readArg,
    cmd: (reading) => readCommand(reading, 'cmd'),
    copy: (reading) => readCopy(reading, 'copy'),
    entrypoint: (reading) => readCommand(reading, 'entrypoint'),
    env: (reading) => readPairs(reading, 'env'),
    expose: (reading) => readList(reading, 'expose'),
    from: from/* readFrom */.z,
    healthcheck: readHealthcheck,
    label: (reading) => readPairs(reading, 'label'),
    maintainer: (reading) => readWord(reading, 'maintainer'),
    onbuild: (reading) => readOnbuild(reading, readInstruction),
    run: readRun,
    shell: readShell,
    stopsignal: (reading) => readWord(reading, 'stopsignal'),
    user: (reading) => readWord(reading, 'user'),
    volume: (reading) => readList(reading, 'volume'),
    workdir: (reading) => readWord(reading, 'workdir'),
};
/**
 * Turns a node into its instruction.
 * @throws BuildError `UNKNOWN_INSTRUCTION` and everything that the single readers throw, always with a place
 */
function readInstruction(reading) {
    const { name, keyword } = reading.node;
    const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
    if (reader !== undefined)
        return reader(reading);
    const near = (0,suggest/* nearest */.p)(name, node/* INSTRUCTION_NAMES */.E)?.toUpperCase();
    throw (0,instruction_reading/* fault */.DG)('UNKNOWN_INSTRUCTION', `unknown instruction: ${keyword.value}`, keyword.at, near === undefined
        ? 'if this belongs to the line before, that line must end with a continuation character'
        : `did you mean ${near}?`);
}


/***/ }),

/***/ 6149:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DG: () => (/* binding */ fault),
/* harmony export */   LO: () => (/* binding */ missing),
/* harmony export */   Nl: () => (/* binding */ commandOf),
/* harmony export */   Z9: () => (/* binding */ wordsOf),
/* harmony export */   bx: () => (/* binding */ baseOf),
/* harmony export */   ku: () => (/* binding */ wholeLine)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(901);


/** What every instruction has. */
function baseOf({ source, node }) {
    return {
        at: (0,_source_js__WEBPACK_IMPORTED_MODULE_1__/* .rangeBetween */ .yb)(source, node.start, Math.max(node.end, node.start)),
        keyword: node.keyword,
        flags: node.flags,
        args: node.args,
        heredocs: node.heredocs,
        comments: node.comments,
    };
}
/** A fault of the Dockerfile's author. */
function fault(code, message, at, hint) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS({ kind: 'user', code, message, hint, at });
}
/** `NAME …` needs something and has nothing. */
function missing(node, what, hint) {
    return fault('MISSING_ARGUMENT', `${node.keyword.value.toUpperCase()} ${what}`, node.keyword.at, hint);
}
/** The single argument of WORKDIR, USER and the like: the whole line. */
function wholeLine(node, hint) {
    if (node.operands.form === 'line')
        return node.operands.text;
    throw missing(node, 'requires exactly one argument', hint);
}
/** The words of plain or JSON form. */
function wordsOf(operands) {
    if (operands.form === 'words')
        return operands.words;
    return operands.form === 'array' ? operands.items : [];
}
function commandOf(operands) {
    if (operands.form === 'array')
        return { form: 'exec', argv: operands.items.map((item) => item.value) };
    return { form: 'shell', text: operands.form === 'line' ? operands.text.value : '' };
}


/***/ }),

/***/ 9169:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g: () => (/* binding */ checkMount),
  O: () => (/* binding */ readMount)
});

// EXTERNAL MODULE: ./lib/dockerfile/suggest.js
var suggest = __webpack_require__(5472);
// EXTERNAL MODULE: ./lib/dockerfile/truth-value.js
var truth_value = __webpack_require__(243);
// EXTERNAL MODULE: ./lib/dockerfile/instruction/csv-record.js
var csv_record = __webpack_require__(8383);
// EXTERNAL MODULE: ./lib/dockerfile/instruction/reading.js
var reading = __webpack_require__(6149);
;// CONCATENATED MODULE: ./lib/dockerfile/instruction/run-mount-value.js
/** A 32-bit number without sign, in base 8 or 10. */
function readUint32(text, base) {
    if (!(base === 8 ? /^[0-7]+$/ : /^[0-9]+$/).test(text))
        return undefined;
    const value = Number.parseInt(text, base);
    return value <= 0xff_ff_ff_ff ? value : undefined;
}
const UNITS = 'kmgtp';
/** A size in bytes: a number with an optional unit, powers of 1024 (`1.5g`, `64m`, `10MiB`). */
function readSize(text) {
    const match = /^(\d+(?:\.\d+)*) ?([kmgtp]?)(?:i?b)?$/i.exec(text);
    if (match === null)
        return undefined;
    const count = Number(match[1]);
    if (Number.isNaN(count))
        return undefined;
    const unit = match[2]?.toLowerCase() ?? '';
    return Math.trunc(count * 1024 ** (unit === '' ? 0 : UNITS.indexOf(unit) + 1));
}

;// CONCATENATED MODULE: ./lib/dockerfile/instruction/run-mount.js





const TYPES = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
const SHARING = ['shared', 'private', 'locked'];
const KEYS = [
    ...['type', 'from', 'source', 'src', 'target', 'dst', 'destination', 'readonly', 'ro', 'readwrite', 'rw'],
    ...['id', 'sharing', 'required', 'size', 'mode', 'uid', 'gid', 'env'],
];
function fieldsOf(mount) {
    const fields = (0,csv_record/* splitRecord */.I)(mount.value);
    if (typeof fields === 'string') {
        throw bad(mount, fields, 'write key=value pairs separated by commas; quote a whole pair to hold a comma');
    }
    return fields.map((written) => {
        const equals = written.indexOf('=');
        const key = (equals === -1 ? written : written.slice(0, equals)).toLowerCase();
        return { key, value: equals === -1 ? undefined : written.slice(equals + 1), written };
    });
}
/**
 * What can be said about a mount before its variables are known.
 * @throws BuildError `BAD_MOUNT` for broken CSV, and for a variable in `from`
 */
function checkMount(mount) {
    for (const { key, value } of fieldsOf(mount)) {
        if (key === 'from' && value !== undefined && /\$./.test(value)) {
            throw bad(mount, 'from cannot hold a variable', 'give the image a stage of its own (FROM $IMAGE AS name) and write from=name');
        }
    }
}
/**
 * Reads a mount; `expand` gives the value with its variables filled in. Order counts: `type` must stand before `required` and `size`.
 * @throws BuildError `BAD_MOUNT`, and what `expand` throws
 */
function readMount(mount, expand) {
    const draft = { type: 'bind' };
    for (const field of fieldsOf(mount)) {
        const value = field.value === undefined ? undefined : expand(field.value);
        setField(draft, field, value, mount);
    }
    checkType(draft, mount);
    return {
        type: draft.type,
        from: draft.from ?? '',
        source: draft.source ?? '',
        target: draft.target ?? '',
        id: draft.id ?? '',
        sharing: draft.sharing,
        readonly: draft.readonly ?? (draft.type !== 'cache' && draft.type !== 'tmpfs'),
        required: draft.required ?? false,
        size: draft.size ?? 0,
        env: draft.env,
        mode: draft.mode,
        uid: draft.uid,
        gid: draft.gid,
    };
}
function setField(draft, field, value, mount) {
    const { key } = field;
    switch (key) {
        case 'readonly':
        case 'ro':
            draft.readonly = flag(key, value, mount);
            return;
        case 'readwrite':
        case 'rw':
            draft.readonly = !flag(key, value, mount);
            return;
        case 'required':
            onlyFor(draft, key, ['secret', 'ssh'], mount);
            draft.required = flag(key, value, mount);
            return;
        default:
            if (value === undefined) {
                throw bad(mount, `${JSON.stringify(field.written)} is not a key=value pair`, (0,suggest/* didYouMean */.a)(key, KEYS));
            }
            setValue(draft, field, value, mount);
    }
}
function setValue(draft, { key, written }, value, mount) {
    switch (key) {
        case 'type':
            draft.type = oneOf(TYPES, value, 'mount type', mount);
            return;
        case 'sharing':
            draft.sharing = oneOf(SHARING, value, 'sharing', mount);
            return;
        case 'source':
        case 'src':
            draft.source = value;
            return;
        case 'target':
        case 'dst':
        case 'destination':
            draft.target = value;
            return;
        case 'from':
        case 'id':
        case 'env':
            draft[key] = value;
            return;
        case 'size':
            onlyFor(draft, key, ['tmpfs'], mount);
            draft.size = number(key, value, readSize(value), mount);
            return;
        case 'mode':
            draft.mode = number(key, value, readUint32(value, 8), mount);
            return;
        case 'uid':
        case 'gid':
            draft[key] = number(key, value, readUint32(value, 10), mount);
            return;
        default:
            throw bad(mount, `the key ${JSON.stringify(key)} of ${JSON.stringify(written)} is not known`, (0,suggest/* didYouMean */.a)(key, KEYS));
    }
}
function flag(key, value, mount) {
    if (value === undefined)
        return true;
    const bool = (0,truth_value/* readBool */.r)(value);
    if (bool === undefined)
        throw bad(mount, `${key} is true or false, not ${JSON.stringify(value)}`);
    return bool;
}
function number(key, written, value, mount) {
    if (value !== undefined)
        return value;
    const hint = key === 'mode' ? 'mode is octal, such as 0755' : undefined;
    throw bad(mount, `${JSON.stringify(written)} is no value for ${key}`, hint);
}
function oneOf(options, value, what, mount) {
    const option = options.find((one) => one === value.toLowerCase());
    if (option !== undefined)
        return option;
    const hint = (0,suggest/* didYouMean */.a)(value, options) ?? `known are ${options.join(', ')}`;
    throw bad(mount, `the ${what} ${JSON.stringify(value)} is not known`, hint);
}
function onlyFor(draft, key, types, mount) {
    if (types.includes(draft.type))
        return;
    throw bad(mount, `${key} does not belong to a mount of type ${draft.type}`, `${key} is for type=${types.join(' and type=')}, and type must stand before it`);
}
function checkType(draft, mount) {
    const { type } = draft;
    if (type === 'bind' || type === 'tmpfs') {
        const owner = ['mode', 'uid', 'gid'].find((key) => draft[key] !== undefined);
        if (owner !== undefined)
            throw bad(mount, `${owner} is not allowed for a mount of type ${type}`);
    }
    if (type === 'secret')
        checkSecret(draft, mount);
    if (draft.sharing !== undefined && type !== 'cache') {
        throw bad(mount, `sharing is for cache mounts, this one is of type ${type}`);
    }
}
function checkSecret(draft, mount) {
    if ((draft.from ?? '') !== '')
        throw bad(mount, 'a secret mount has no from');
    if (draft.sharing !== undefined)
        throw bad(mount, 'a secret mount has no sharing');
    const given = [draft.source, draft.target, draft.id].filter((value) => (value ?? '') !== '');
    if (given.length === 0)
        throw bad(mount, 'a secret mount needs an id, a source or a target');
    if ((draft.source ?? '') !== '' && (draft.id ?? '') !== '') {
        throw bad(mount, 'a secret mount takes an id or a source, not both');
    }
}
function bad(mount, why, hint) {
    return (0,reading/* fault */.DG)('BAD_MOUNT', `The mount ${JSON.stringify(mount.value)} cannot be read: ${why}`, mount.at, hint);
}


/***/ }),

/***/ 1854:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ip: () => (/* binding */ commandRule),
/* harmony export */   N6: () => (/* binding */ toFinding),
/* harmony export */   N7: () => (/* binding */ forbiddenCommand),
/* harmony export */   YP: () => (/* binding */ appended)
/* harmony export */ });
/* harmony import */ var _partition_point_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4491);

/** A rule that looks at the commands of each RUN and tells at most one finding in it, as hadolint does. */
function commandRule(facts, find) {
    return {
        ...facts,
        *check(context) {
            for (const run of context.all('run')) {
                const finding = firstHit(context, run, find);
                if (finding !== undefined)
                    yield finding;
            }
        },
    };
}
function firstHit(context, run, find) {
    const scripts = context.scripts(run);
    const matching = new Map();
    for (const script of scripts) {
        const elsewhere = (matches, what = '') => {
            const all = matching.get(what) ?? scripts.filter(({ commands }) => commands.some(matches));
            matching.set(what, all);
            return all.length > 1 || (all.length === 1 && all[0] !== script);
        };
        const hit = find({ commands: script.commands, elsewhere, script, run, context });
        if (hit !== undefined)
            return toFinding(hit, script, run);
    }
    return undefined;
}
/** Edits are for shell text: in a JSON array the characters stand otherwise. */
function toFinding(hit, script, run) {
    if (hit.fileFix !== undefined)
        return { message: hit.message, at: script.rangeOf(hit.at), fix: hit.fileFix };
    const fix = run.command.form === 'exec' || isInMoved(hit.fix, script) ? undefined : hit.fix;
    return {
        message: hit.message,
        at: script.rangeOf(hit.at),
        ...(fix === undefined
            ? {}
            : {
                fix: {
                    title: fix.title,
                    safety: fix.safety,
                    edits: fix.edits.map(({ at, text }) => ({ at: script.rangeOf(at), text })),
                },
            }),
    };
}
/** An edit would take the place of the whole script of a `sh -c "…\\"…"`. */
function isInMoved(fix, script) {
    const moved = movedPlaces(script);
    if (moved.length === 0 || fix === undefined)
        return false;
    return fix.edits.some(({ at }) => {
        const first = moved[(0,_partition_point_js__WEBPACK_IMPORTED_MODULE_0__/* .partitionPoint */ .j)(moved, ({ end }) => end <= at.start)];
        return first !== undefined && first.start < at.end;
    });
}
/** The words with such commands, in order; none of them lies in another. */
function movedPlaces(script) {
    const before = moved.get(script);
    if (before !== undefined)
        return before;
    const ends = new Map();
    for (const view of script.commands)
        if (view.moved === true)
            ends.set(view.start, Math.max(view.end, ends.get(view.start) ?? 0));
    const found = [];
    for (const [start, end] of [...ends].sort(([one], [other]) => one - other))
        if (start >= (found.at(-1)?.end ?? 0))
            found.push({ start, end });
    moved.set(script, found);
    return found;
}
/** A rule may have a fix for each word of a script. */
const moved = new WeakMap();
/** A rule about a command by name alone. */
function forbiddenCommand(facts, names, message) {
    return commandRule(facts, ({ commands }) => {
        const found = commands.find(({ name }) => names.includes(name));
        return found === undefined ? undefined : { at: found, message: message(found.name) };
    });
}
/** A word with something put behind it; the whole word is replaced, so that a continuation stays where it is. */
function appended(at, word, text) {
    return { at, text: `${word} ${text}` };
}


/***/ }),

/***/ 6629:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  yy: () => (/* binding */ ancestry),
  El: () => (/* binding */ hasCacheMount),
  og: () => (/* binding */ makeContext),
  n8: () => (/* binding */ mountFields),
  I5: () => (/* binding */ rootOf),
  XJ: () => (/* binding */ triggersOf),
  fp: () => (/* binding */ triggersRun)
});

// EXTERNAL MODULE: ./lib/dockerfile/mapped-text.js
var mapped_text = __webpack_require__(5219);
// EXTERNAL MODULE: ./lib/dockerfile/instruction/read.js + 9 modules
var read = __webpack_require__(9828);
// EXTERNAL MODULE: ./lib/dockerfile/parse.js + 1 modules
var parse = __webpack_require__(8965);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/orphans.js



/** The readable instructions before the first FROM that are no ARG: no part of any stage, but worth a look. */
function readOrphans({ file, problems }) {
    if (!problems.some(({ code }) => code === 'NO_STAGE'))
        return [];
    const source = (0,mapped_text/* sourceOf */.vz)(file);
    const orphans = [];
    for (const node of (0,parse/* readNodes */.g0)(source).nodes) {
        if (node.name === 'from')
            break;
        if (node.name === 'arg')
            continue;
        try {
            orphans.push((0,read/* readInstruction */.d)({ source, node }));
        }
        catch {
            // It is among the problems already.
        }
    }
    return orphans;
}

// EXTERNAL MODULE: ./lib/dockerfile/lint/pragma.js
var pragma = __webpack_require__(9820);
// EXTERNAL MODULE: ./lib/dockerfile/lint/run-script.js + 9 modules
var run_script = __webpack_require__(3439);
// EXTERNAL MODULE: ./lib/dockerfile/lint/scope.js
var scope = __webpack_require__(5854);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/context.js





/** The view of a file for rules: of everything, or of its ONBUILD triggers alone. */
function makeContext(parsed, config, onbuild, shared) {
    const { file } = parsed;
    const orphans = readOrphans(parsed);
    const written = readStages(file, orphans, config);
    const stages = onbuild ? triggerStages(written) : written;
    const instructions = stages.flatMap((stage) => stage.from === undefined ? stage.instructions : [stage.from, ...stage.instructions]);
    const stageByInstruction = new Map();
    for (const stage of stages) {
        if (stage.from !== undefined)
            stageByInstruction.set(stage.from, stage);
        for (const instruction of stage.instructions)
            stageByInstruction.set(instruction, stage);
    }
    return {
        file,
        parsed,
        config,
        pragmas: (0,pragma/* readPragmas */.QY)(file),
        comments: file.comments,
        instructions,
        stages,
        written,
        onbuild,
        ruleIds: shared.ruleIds,
        all: allOf(instructions),
        of: ofStages(),
        stageOf: (instruction) => stageByInstruction.get(instruction) ?? NO_STAGE,
        scripts: (instruction) => scriptsOf(file, instruction, shared),
        argsRange: (instruction, start, end) => (0,mapped_text/* rangeOf */.be)(file, instruction.args, start, end),
    };
}
const NO_STAGE = {
    index: -1,
    from: undefined,
    alias: undefined,
    parent: undefined,
    instructions: [],
    last: true,
    inherited: false,
};
/** Nearly every rule asks for the instructions of some kind: the answers are kept. */
function allOf(instructions) {
    const byKinds = new Map();
    return (...kinds) => {
        const key = kinds.length === 1 ? (kinds[0] ?? '') : kinds.join();
        const known = byKinds.get(key);
        if (known !== undefined)
            return known;
        const found = ofKinds(instructions, kinds);
        byKinds.set(key, found);
        return found;
    };
}
function ofStages() {
    const byStage = new Map();
    return (stage, ...kinds) => {
        const known = byStage.get(stage);
        if (known !== undefined)
            return known(...kinds);
        const all = allOf(stage.instructions);
        byStage.set(stage, all);
        return all(...kinds);
    };
}
function ofKinds(instructions, kinds) {
    return instructions.filter((one) => kinds.includes(one.kind));
}
function scriptsOf(file, instruction, { scripts }) {
    const known = scripts.get(instruction);
    if (known !== undefined)
        return known;
    const command = 'command' in instruction ? instruction.command : undefined;
    const read = command === undefined ? [] : (0,run_script/* readRunScripts */.iF)(file, instruction, command);
    scripts.set(instruction, read);
    return read;
}
function triggerStages(stages) {
    return stages.flatMap((stage) => {
        const instructions = triggersOf(stage);
        const parent = stage.from === undefined ? undefined : stage;
        return instructions.length === 0 ? [] : [{ ...NO_STAGE, parent, instructions }];
    });
}
/** What the ONBUILDs of a stage run in a build that is FROM it. */
function triggersOf(stage) {
    const before = triggers.get(stage);
    if (before !== undefined)
        return before;
    const found = stage.instructions
        .map((instruction) => (instruction.kind === 'onbuild' ? instruction.trigger : undefined))
        .filter((trigger) => trigger !== undefined);
    triggers.set(stage, found);
    return found;
}
/** Every stage that is built from another asks for them. */
const triggers = new WeakMap();
/** The triggers that the FROM of a stage runs: those of the stage that it is built from, without those of the one below that. */
function triggersRun({ from, parent }) {
    return from === undefined || parent === undefined ? [] : triggersOf(parent);
}
function readStages(file, orphans, config) {
    const before = [...file.globalArgs, ...orphans].sort((one, other) => one.at.start.offset - other.at.start.offset);
    const stages = before.length === 0 ? [] : [{ ...NO_STAGE, instructions: before, last: file.stages.length === 0 }];
    const byName = new Map();
    const bases = file.stages.map(({ from }) => baseName(file, from, config));
    const lastUse = new Map(bases.map((name, index) => [name, index]));
    for (const stage of file.stages) {
        const parent = byName.get(bases[stage.index] ?? '');
        const made = {
            index: stage.index,
            from: stage.from,
            alias: stage.from.alias?.value,
            parent,
            instructions: stage.instructions,
            last: stage.index === file.stages.length - 1,
            inherited: isInherited(lastUse, stage.from, stage.index),
        };
        stages.push(made);
        if (made.alias !== undefined)
            byName.set(made.alias.toLowerCase(), made);
    }
    return stages;
}
/** What FROM names, its variables filled in, in lower case. */
function baseName(file, { image }, { buildArgs }) {
    const plain = !/["'$]/.test(image.value);
    const name = plain
        ? image.value
        : (0,scope/* expandIn */.WP)(image.value, (0,scope/* globalScope */.gm)({ file }, buildArgs), file.directives.escape)?.value;
    return (name ?? image.value).toLowerCase();
}
function isInherited(lastUse, { alias }, index) {
    return alias !== undefined && (lastUse.get(alias.value.toLowerCase()) ?? -1) > index;
}
/** A stage and those it is built from, nearest first. */
function ancestry(stage) {
    const line = [];
    for (let at = stage; at !== undefined; at = at.parent)
        line.push(at);
    return line;
}
/** The stage that is built from an image, at the end of a chain of stages. */
function rootOf(stage) {
    const way = [];
    let root = stage;
    for (let at = stage; at !== undefined; at = at.parent) {
        root = roots.get(at) ?? at;
        way.push(at);
        if (root !== at)
            break;
    }
    for (const at of way)
        roots.set(at, root);
    return root;
}
const roots = new WeakMap();
/** The text between a mount's commas as fields; a bare word has the value ''. */
function mountFields(mount) {
    return new Map(mount.split(',').map((field) => {
        const equals = field.indexOf('=');
        const value = equals === -1 ? '' : field.slice(equals + 1).replace(/^(["'])(.*)\1$/, '$2');
        return [(equals === -1 ? field : field.slice(0, equals)).trim().toLowerCase(), value];
    }));
}
/** True when a cache or tmpfs mount of the RUN covers the path. */
function hasCacheMount(run, path) {
    if (run.mounts.length === 0)
        return false;
    const known = covered.get(run) ?? new Map();
    const has = known.get(path) ?? coversPath(run, path);
    covered.set(run, known.set(path, has));
    return has;
}
/** Each script of a RUN asks. */
const covered = new WeakMap();
function coversPath({ mounts }, path) {
    return mounts.some(({ value }) => {
        const fields = mountFields(value);
        const type = fields.get('type');
        if (type !== 'cache' && type !== 'tmpfs')
            return false;
        const target = fields.get('target') ?? fields.get('dst') ?? fields.get('destination') ?? '';
        return target.includes(path);
    });
}


/***/ }),

/***/ 7501:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ InheritedNames)
/* harmony export */ });
/* harmony import */ var _partition_point_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4491);

/** The names that stages hand down to those that are built from them. Asked for in logarithmic time, however long the chains of stages are. */
class InheritedNames {
    numbers;
    /** Where each name is known: stretches in a row of which no two touch. */
    known = new Map();
    /** @param stages each behind the one that it is built from */
    constructor(stages, namesOf) {
        this.numbers = numberStages(stages);
        for (const [stage, { first, last }] of [...this.numbers].sort(([, one], [, other]) => one.first - other.first)) {
            if (first === last)
                continue;
            for (const name of namesOf(stage))
                this.add(name, { first: first + 1, last });
        }
    }
    /** True if a stage that this one is built from has the name. */
    has(stage, name) {
        const stretches = this.known.get(name);
        const own = this.numbers.get(stage)?.first;
        if (stretches === undefined || own === undefined)
            return false;
        const nearest = stretches[(0,_partition_point_js__WEBPACK_IMPORTED_MODULE_0__/* .partitionPoint */ .j)(stretches, ({ first }) => first <= own) - 1];
        return nearest !== undefined && own <= nearest.last;
    }
    add(name, stretch) {
        const stretches = this.known.get(name) ?? [];
        // Known there already: a stage below has it too.
        if (stretch.first <= (stretches.at(-1)?.last ?? -1))
            return;
        stretches.push(stretch);
        this.known.set(name, stretches);
    }
}
function numberStages(stages) {
    const sizes = new Map();
    for (const stage of stages.toReversed()) {
        const own = (sizes.get(stage) ?? 0) + 1;
        sizes.set(stage, own);
        sizes.set(stage.parent, (sizes.get(stage.parent) ?? 0) + own);
    }
    const next = new Map();
    const numbers = new Map();
    for (const stage of stages) {
        const size = sizes.get(stage) ?? 1;
        const first = next.get(stage.parent) ?? 0;
        next.set(stage.parent, first + size);
        next.set(stage, first + 1);
        numbers.set(stage, { first, last: first + size - 1 });
    }
    return numbers;
}


/***/ }),

/***/ 7268:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ inherited)
/* harmony export */ });
/**
 * What a stage says of itself, else what the nearest of the stages that it is built from says. Each stage is looked at once, however long the chains
 * are that it is part of.
 */
function inherited(own) {
    const known = new WeakMap();
    return (stage) => {
        const way = [];
        let value;
        for (let at = stage; at !== undefined; at = at.parent) {
            const before = known.get(at);
            value = before === undefined ? own(at) : before.value;
            if (before !== undefined)
                break;
            way.push(at);
            if (value !== undefined)
                break;
        }
        for (const at of way)
            known.set(at, { value });
        return value;
    };
}


/***/ }),

/***/ 3378:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ lastBefore)
/* harmony export */ });
/* harmony import */ var _partition_point_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4491);

/** The last of some instructions, which are in source order, that begins in front of an offset. */
function lastBefore(instructions, offset) {
    return instructions[(0,_partition_point_js__WEBPACK_IMPORTED_MODULE_0__/* .partitionPoint */ .j)(instructions, ({ at }) => at.start.offset < offset) - 1];
}


/***/ }),

/***/ 4491:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ partitionPoint)
/* harmony export */ });
/** How many of the first items are `isBefore`, where those that are come first; found by halving. */
function partitionPoint(items, isBefore) {
    let low = 0;
    let high = items.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        const item = items[middle];
        if (item !== undefined && isBefore(item))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}


/***/ }),

/***/ 9820:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H7: () => (/* binding */ checkOptionsOfArgument),
/* harmony export */   PO: () => (/* binding */ readCheckOptions),
/* harmony export */   QY: () => (/* binding */ readPragmas)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _directives_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3142);


const PRAGMA = /^\s*hadolint\s+(?:(global|stage)\s+)?(ignore|shell)\s*=\s*(.*)$/is;
/** hadolint's codes, and names like BuildKit's. A reason may follow behind anything that is no part of a list. */
const IDS = /^[A-Za-z][A-Za-z0-9]*(?:\s*,\s*[A-Za-z][A-Za-z0-9]*)*/;
function readPragmas(file) {
    const all = file.comments.flatMap(readLines);
    return { all, check: readCheckOptions(file.directives.check?.value ?? '') };
}
/** A comment may hold several lines. */
function readLines(comment) {
    return comment.text.split('\n').flatMap((text, index) => {
        const pragma = readPragma(text.replace(/^\s*#/, ''), comment, comment.at.start.line + index);
        return pragma === undefined ? [] : [pragma];
    });
}
function readPragma(text, comment, line) {
    const match = PRAGMA.exec(text);
    if (match === null)
        return undefined;
    const [, scope = '', word = '', rest = ''] = match;
    if (word.toLowerCase() === 'shell') {
        const name = /^\S+/.exec(rest)?.[0];
        return name === undefined || scope !== '' ? undefined : { kind: 'shell', values: [name], comment, line };
    }
    const ids = IDS.exec(rest)?.[0];
    if (ids === undefined)
        return undefined;
    const kind = scope === '' ? 'ignore' : scope.toLowerCase();
    return { kind, values: ids.split(',').map((id) => id.trim()), comment, line };
}
/**
 * Reads `skip=A,B;error=true;experimental=C` of a directive or a comment above an instruction. What cannot be read says
 * nothing: the parser tells it of the directive.
 */
function readCheckOptions(text) {
    const start = { line: 1, column: 1, offset: 0 };
    return readOrNothing(() => (0,_directives_js__WEBPACK_IMPORTED_MODULE_1__/* .readCheckOptions */ .PO)({ value: text, at: { file: '', start, end: start } }));
}
/** Of the build argument. What cannot be read says nothing here: it is refused with the other bad input. */
function checkOptionsOfArgument(text) {
    return readOrNothing(() => (0,_directives_js__WEBPACK_IMPORTED_MODULE_1__/* .readCheckArgument */ .Ad)(text));
}
function readOrNothing(read) {
    const { skip, experimental, error } = orNothing(read);
    return {
        skip: skip === 'all' ? [] : skip,
        skipAll: skip === 'all',
        error,
        experimental: experimental === 'all' ? [] : experimental,
        experimentalAll: experimental === 'all',
    };
}
function orNothing(read) {
    try {
        return read();
    }
    catch (problem) {
        if (!(problem instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS))
            throw problem;
        return { skip: [], experimental: [], error: false };
    }
}


/***/ }),

/***/ 3439:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  H7: () => (/* binding */ isShell),
  iF: () => (/* binding */ readRunScripts)
});

// UNUSED EXPORTS: heredocText, makeScript

// EXTERNAL MODULE: ./lib/dockerfile/mapped-text.js
var mapped_text = __webpack_require__(5219);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/exec-form.js

const STRING = /"((?:[^"\\]|\\.)*)"/g;
/**
 * The JSON array of an exec form as a shell line of the same words, each in single quotes: rules then see the very arguments, and
 * every character still knows its place in the file.
 */
function execAsShell(args) {
    const pieces = [];
    let value = '';
    for (const match of args.value.matchAll(STRING)) {
        const inner = match[1] ?? '';
        value += value === '' ? "'" : " '";
        pieces.push({ text: value.length, source: (0,mapped_text/* sourceOffset */.V7)(args, match.index + 1) });
        value += unescapeJson(inner).replaceAll("'", "'\\''");
        pieces.push({ text: value.length, source: (0,mapped_text/* sourceOffset */.V7)(args, match.index + match[0].length - 1) });
        value += "'";
    }
    const [first] = pieces;
    return {
        value,
        pieces: first === undefined ? args.pieces : [{ text: 0, source: first.source }, ...pieces],
    };
}
function unescapeJson(text) {
    if (!text.includes('\\'))
        return text;
    try {
        return String(JSON.parse(`"${text}"`));
    }
    catch {
        return text;
    }
}

// EXTERNAL MODULE: ./lib/dockerfile/lint/shell/command-view.js
var command_view = __webpack_require__(938);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/reader.js
/** Nesting beyond which parsing stops: no script of a person is that deep, and the call stack is finite. */
const MAX_DEPTH = 100;
/** A cursor over a script text. Never moves beyond `end`. */
class ShellReader {
    text;
    grammar;
    problems;
    end;
    pos;
    depth;
    pending = [];
    constructor(text, grammar, start = 0, end = text.length, parent) {
        // What looks ahead must not see what is behind the end, as the backtick that ends a substitution.
        this.text = end < text.length ? text.slice(0, end) : text;
        this.grammar = grammar;
        this.pos = start;
        this.end = end;
        this.problems = parent?.problems ?? [];
        this.depth = parent?.depth ?? 0;
    }
    get done() {
        return this.pos >= this.end;
    }
    /** The character at the cursor (or `ahead` of it); empty at the end. */
    peek(ahead = 0) {
        const at = this.pos + ahead;
        return at < this.end ? (this.text[at] ?? '') : '';
    }
    looksAt(text) {
        return this.pos + text.length <= this.end && this.text.startsWith(text, this.pos);
    }
    /** Moves over `text` when it is next. */
    take(text) {
        if (!this.looksAt(text))
            return false;
        this.pos += text.length;
        return true;
    }
    /** The match of a sticky expression at the cursor; the cursor stays. */
    match(pattern) {
        pattern.lastIndex = this.pos;
        const found = pattern.exec(this.text)?.[0];
        return found !== undefined && this.pos + found.length <= this.end ? found : undefined;
    }
    slice(start, end = this.pos) {
        return this.text.slice(start, end);
    }
    problem(message, start = this.pos, end = Math.max(start + 1, this.pos)) {
        this.problems.push({ message, start, end: Math.min(end, Math.max(this.text.length, start)) });
    }
    /** Runs `read` one level deeper; beyond the limit the rest of the text is given up. */
    nested(read, otherwise) {
        if (this.depth >= MAX_DEPTH) {
            this.problem('Nesting is too deep');
            this.pos = this.end;
            return otherwise();
        }
        this.depth += 1;
        try {
            return read();
        }
        finally {
            this.depth -= 1;
        }
    }
    expectHeredoc(heredoc) {
        this.pending.push(heredoc);
    }
    /** Blanks, continued lines and a comment; stops at the line's end. */
    skipBlanks() {
        for (;;) {
            const char = this.peek();
            if (char === ' ' || char === '\t' || char === '\r')
                this.pos += 1;
            else if (char === '\\' && this.peek(1) === '\n')
                this.pos += 2;
            else if (char === '\\' && this.peek(1) === '\r' && this.peek(2) === '\n')
                this.pos += 3;
            else
                break;
        }
        if (this.peek() === '#' && this.atWordStart())
            this.skipComment();
    }
    /** Blanks, comments and line ends; heredoc bodies are read where their line ends. */
    skipLines() {
        for (;;) {
            this.skipBlanks();
            if (this.peek() !== '\n')
                return;
            this.newline();
        }
    }
    /** Moves over a line end and the heredoc bodies behind it. */
    newline() {
        this.pos += 1;
        const pending = this.pending;
        this.pending = [];
        for (const heredoc of pending)
            this.readHeredoc(heredoc);
    }
    atWordStart() {
        return this.pos === 0 || /[\s;&|()<>`{]/.test(this.text[this.pos - 1] ?? ' ');
    }
    skipComment() {
        const end = this.text.indexOf('\n', this.pos);
        this.pos = end === -1 ? this.end : Math.min(end, this.end);
    }
    readHeredoc(heredoc) {
        const start = this.pos;
        let line = start;
        while (line < this.end) {
            const lineEnd = this.lineEnd(line);
            const text = this.text.slice(line, lineEnd).replace(/\r$/, '');
            if ((heredoc.chomp ? text.replace(/^\t+/, '') : text) === heredoc.delimiter) {
                this.attach(heredoc, start, line);
                this.pos = Math.min(lineEnd + 1, this.end);
                return;
            }
            line = lineEnd + 1;
        }
        this.attach(heredoc, start, this.end);
        this.pos = this.end;
    }
    attach(heredoc, start, end) {
        const inner = new ShellReader(this.text, this.grammar, start, end, this);
        const text = this.text.slice(start, end);
        heredoc.attach({
            start,
            end,
            parts: heredoc.quoted
                ? [{ kind: 'single', text, ansi: false, start, end }]
                : this.grammar.heredocParts(inner),
        });
    }
    lineEnd(from) {
        const found = this.text.indexOf('\n', from);
        return found === -1 ? this.end : Math.min(found, this.end);
    }
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/expansion.js

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const BRACED_NAME = /[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[-@*#?$!]/y;
/** `#` in front of a name is its length; in front of an operator it is the parameter itself (`${#:-0}`). */
const LENGTH = /#(?=[A-Za-z0-9_]|[-@*#?$!]\})/y;
const SPECIAL = /[0-9@*#?$!-]/y;
const OPERATOR = /:?[-=?+]|##?|%%?|\/[/#%]?|\^\^?|,,?|@[A-Za-z]?|:|[*@]/y;
/** Reads whatever a `$` begins; the dollar alone when it begins nothing. */
function readDollar(reader, context) {
    if (reader.looksAt('$((')) {
        const end = arithmeticEnd(reader, reader.pos + 3);
        if (end !== -1)
            return readArithmeticExpansion(reader, end);
    }
    if (reader.looksAt('$('))
        return readSubstitution(reader);
    if (reader.looksAt('${'))
        return readBraces(reader, context === 'quoted');
    return readPlainParameter(reader);
}
function readSubstitution(reader) {
    const start = reader.pos;
    reader.pos += 2;
    const script = readScriptUntilParen(reader);
    return { kind: 'command', script, backticks: false, start, end: reader.pos };
}
/** Reads statements and the `)` behind them; the cursor stands behind the opening one. */
function readScriptUntilParen(reader) {
    const start = reader.pos;
    const empty = { statements: [], start, end: start };
    const script = reader.nested(() => reader.grammar.script(reader, [')']), () => empty);
    if (!reader.take(')'))
        reader.problem('A parenthesis is not closed', Math.max(0, start - 1));
    return script;
}
/** Backticks: the text up to the next bare backtick is a script of its own. */
function readBackticks(reader) {
    const start = reader.pos;
    reader.pos += 1;
    const from = reader.pos;
    while (!reader.done && reader.peek() !== '`')
        reader.pos += reader.peek() === '\\' ? 2 : 1;
    reader.pos = Math.min(reader.pos, reader.end);
    const inner = new ShellReader(reader.text, reader.grammar, from, reader.pos, reader);
    const script = reader.nested(() => inner.grammar.script(inner, []), () => ({ statements: [], start: from, end: from }));
    if (!reader.take('`'))
        reader.problem('A backtick is not closed', start);
    return { kind: 'command', script, backticks: true, start, end: reader.pos };
}
function readPlainParameter(reader) {
    const start = reader.pos;
    reader.pos += 1;
    const name = reader.match(NAME) ?? reader.match(SPECIAL);
    if (name === undefined)
        return { kind: 'literal', text: '$', escaped: false, start, end: reader.pos };
    reader.pos += name.length;
    return {
        kind: 'parameter',
        name,
        braces: false,
        length: false,
        indirect: false,
        operand: [],
        start,
        end: reader.pos,
    };
}
function readBraces(reader, quoted) {
    const start = reader.pos;
    reader.pos += 2;
    const length = reader.match(LENGTH) !== undefined && reader.take('#');
    const indirect = !length && reader.peek() === '!' && reader.peek(1) !== '}' && reader.take('!');
    const name = reader.match(BRACED_NAME) ?? '';
    reader.pos += name.length;
    if (name === '')
        reader.problem('An expansion has no name', start);
    const index = readIndex(reader);
    const operator = reader.match(OPERATOR);
    reader.pos += operator?.length ?? 0;
    const operand = reader.nested(() => reader.grammar.operand(reader, quoted), () => []);
    if (!reader.take('}'))
        reader.problem('An expansion is not closed', start);
    return {
        kind: 'parameter',
        name,
        braces: true,
        length,
        indirect,
        ...(index === undefined ? {} : { index }),
        ...(operator === undefined ? {} : { operator }),
        operand,
        start,
        end: reader.pos,
    };
}
function readIndex(reader) {
    if (reader.peek() !== '[')
        return undefined;
    const from = reader.pos + 1;
    let depth = 0;
    while (!reader.done) {
        const char = reader.peek();
        if (char === '[')
            depth += 1;
        if (char === ']')
            depth -= 1;
        reader.pos += 1;
        if (depth === 0)
            return reader.slice(from, reader.pos - 1);
    }
    reader.problem('A bracket is not closed', from - 1);
    return reader.slice(from);
}
function readArithmeticExpansion(reader, end) {
    const start = reader.pos;
    reader.pos += 3;
    const parts = readArithmetic(reader, end);
    reader.pos = end + 2;
    return { kind: 'arithmetic', parts, start, end: reader.pos };
}
/** The expansions and texts of an arithmetic expression that ends at `end`. */
function readArithmetic(reader, end) {
    const inner = new ShellReader(reader.text, reader.grammar, reader.pos, end, reader);
    const parts = [];
    while (!inner.done) {
        const char = inner.peek();
        if (char === '$')
            parts.push(readDollar(inner, 'plain'));
        else if (char === '`')
            parts.push(readBackticks(inner));
        else
            parts.push(readPlainRun(inner));
    }
    return parts;
}
function readPlainRun(reader) {
    const start = reader.pos;
    while (!reader.done && reader.peek() !== '$' && reader.peek() !== '`')
        reader.pos += 1;
    return { kind: 'literal', text: reader.slice(start), escaped: false, start, end: reader.pos };
}
/** Where the `))` of an arithmetic expression stands that was opened just before `from`; -1: it is none but nested parentheses. */
function arithmeticEnd(reader, from) {
    let depth = 0;
    let at = from;
    while (at < reader.end) {
        const char = reader.text[at] ?? '';
        if (char === ')' && depth === 0)
            return reader.text[at + 1] === ')' && at + 1 < reader.end ? at : -1;
        if (char === '(')
            depth += 1;
        if (char === ')')
            depth -= 1;
        at = nextAfter(reader, at, char);
    }
    return -1;
}
function nextAfter(reader, at, char) {
    if (char === '\\')
        return at + 2;
    return char === "'" || char === '"' ? quoteEnd(reader, at) + 1 : at + 1;
}
function quoteEnd(reader, start) {
    const found = reader.text.indexOf(reader.text[start] ?? '', start + 1);
    return found === -1 ? reader.end : found;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/word.js

const META = new Set([' ', '\t', '\n', '\r', '|', '&', ';', '<', '>', '(', ')', '']);
const EXTGLOB = new Set(['@', '?', '*', '+', '!']);
/** Reads one word; undefined when none begins at the cursor. */
function readWord(reader, extraStop = '') {
    const start = reader.pos;
    const parts = readParts(reader, (char) => META.has(char) || (extraStop !== '' && extraStop.includes(char)));
    return parts.length === 0 ? undefined : { parts, start, end: reader.pos };
}
/** Reads unquoted parts up to a character that `stops`; process substitutions and extended globs belong to the word. */
function readParts(reader, stops) {
    const parts = [];
    while (!reader.done) {
        const part = readPart(reader, stops, parts.length === 0);
        if (part === undefined)
            break;
        if (part !== 'nothing')
            parts.push(part);
    }
    return parts;
}
function readPart(reader, stops, first) {
    const char = reader.peek();
    if ((char === '<' || char === '>') && reader.peek(1) === '(' && first)
        return readProcess(reader, char);
    if (stops(char))
        return undefined;
    switch (char) {
        case "'":
            return readSingle(reader, false);
        case '"':
            return readDouble(reader);
        case '`':
            return readBackticks(reader);
        case '$':
            return readDollarPart(reader);
        case '\\':
            return readEscape(reader);
        default:
            return readLiteral(reader, stops);
    }
}
/** `$'…'` and `$"…"` are quotes, everything else behind a dollar an expansion. */
function readDollarPart(reader) {
    if (reader.peek(1) === "'") {
        reader.pos += 1;
        return readSingle(reader, true);
    }
    if (reader.peek(1) === '"')
        reader.pos += 1;
    return reader.peek() === '"' ? readDouble(reader) : readDollar(reader, 'plain');
}
function readProcess(reader, direction) {
    const start = reader.pos;
    reader.pos += 2;
    const script = readScriptUntilParen(reader);
    return { kind: 'process', direction, script, start, end: reader.pos };
}
function readEscape(reader) {
    const start = reader.pos;
    if (reader.peek(1) === '\n') {
        reader.pos += 2;
        return 'nothing';
    }
    const text = reader.peek(1);
    reader.pos += text === '' ? 1 : 2;
    return { kind: 'literal', text: text === '' ? '\\' : text, escaped: true, start, end: reader.pos };
}
function readSingle(reader, ansi) {
    const start = ansi ? reader.pos - 1 : reader.pos;
    reader.pos += 1;
    const from = reader.pos;
    while (!reader.done && reader.peek() !== "'")
        reader.pos += ansi && reader.peek() === '\\' ? 2 : 1;
    reader.pos = Math.min(reader.pos, reader.end);
    const text = reader.slice(from);
    if (!reader.take("'"))
        reader.problem('A single quote is not closed', start);
    return { kind: 'single', text, ansi, start, end: reader.pos };
}
function readDouble(reader) {
    const start = reader.pos;
    reader.pos += 1;
    const parts = readQuotedParts(reader, '"');
    if (!reader.take('"'))
        reader.problem('A double quote is not closed', start);
    return { kind: 'double', parts, start, end: reader.pos };
}
/** Reads what double quotes, heredoc bodies and quoted operands hold, up to `stop` (empty: to the reader's end). */
function readQuotedParts(reader, stop) {
    const parts = [];
    const quote = stop === '"';
    while (!reader.done && (stop === '' || reader.peek() !== stop)) {
        const char = reader.peek();
        if (char === '$')
            parts.push(readDollar(reader, 'quoted'));
        else if (char === '`')
            parts.push(readBackticks(reader));
        else if (char === '\\')
            pushIfPart(parts, readQuotedEscape(reader, quote));
        else
            parts.push(readRun(reader, (next) => next === '$' || next === '`' || next === '\\' || next === stop));
    }
    return parts;
}
function pushIfPart(parts, part) {
    if (part !== 'nothing')
        parts.push(part);
}
function readQuotedEscape(reader, quote) {
    const start = reader.pos;
    const next = reader.peek(1);
    if (next === '\n') {
        reader.pos += 2;
        return 'nothing';
    }
    const special = next === '$' || next === '`' || next === '\\' || (next === '"' && quote);
    reader.pos += special ? 2 : 1;
    return { kind: 'literal', text: special ? next : '\\', escaped: special, start, end: reader.pos };
}
function readRun(reader, stops) {
    const start = reader.pos;
    do
        reader.pos += 1;
    while (!reader.done && !stops(reader.peek()));
    return { kind: 'literal', text: reader.slice(start), escaped: false, start, end: reader.pos };
}
function readLiteral(reader, stops) {
    const start = reader.pos;
    while (!reader.done) {
        const char = reader.peek();
        if (EXTGLOB.has(char) && reader.peek(1) === '(')
            skipExtendedGlob(reader);
        else if (stops(char) || char === "'" || char === '"' || char === '`' || char === '$' || char === '\\')
            break;
        else
            reader.pos += 1;
    }
    return { kind: 'literal', text: reader.slice(start), escaped: false, start, end: reader.pos };
}
/** Reads the word of `${x:-word}` up to its closing brace. */
function readOperand(reader, quoted) {
    if (!quoted)
        return readParts(reader, (char) => char === '}');
    const parts = [];
    while (!reader.done && reader.peek() !== '}') {
        const char = reader.peek();
        if (char === '"')
            parts.push(readDouble(reader));
        else if (char === '$')
            parts.push(readDollar(reader, 'quoted'));
        else if (char === '`')
            parts.push(readBackticks(reader));
        else if (char === '\\')
            pushIfPart(parts, readEscape(reader));
        else
            parts.push(readRun(reader, (next) => '"$`\\}'.includes(next)));
    }
    return parts;
}
/** `@(a|b)` and its like: kept as written. */
function skipExtendedGlob(reader) {
    const start = reader.pos;
    reader.pos += 1;
    let depth = 0;
    while (!reader.done) {
        const char = reader.peek();
        if (char === '(')
            depth += 1;
        if (char === ')')
            depth -= 1;
        reader.pos += char === '\\' && reader.pos + 1 < reader.end ? 2 : 1;
        if (depth === 0)
            return;
    }
    reader.problem('A parenthesis is not closed', start);
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/redirect.js

const REDIRECT = /([0-9]+|\{[A-Za-z_][A-Za-z0-9_]*\})?(&>>|&>|<<<|<<-|<<|<>|<&|>>|>\||>&|<(?!\()|>(?!\())/y;
/** Reads a redirection; undefined when none begins at the cursor. Its heredoc body is filled in when its line ends. */
function readRedirect(reader) {
    const text = reader.match(REDIRECT);
    if (text === undefined)
        return undefined;
    const start = reader.pos;
    reader.pos += text.length;
    const fd = /^(?:[0-9]+|\{\w+\})/.exec(text)?.[0];
    const operator = text.slice(fd?.length ?? 0);
    reader.skipBlanks();
    const target = readWord(reader);
    if (target === undefined)
        reader.problem(`A word is missing behind ${operator}`, start);
    const redirect = {
        operator,
        start,
        end: reader.pos,
        ...(fd === undefined ? {} : { fd }),
        ...(target === undefined ? {} : { target }),
    };
    if (target !== undefined && (operator === '<<' || operator === '<<-')) {
        reader.expectHeredoc({
            delimiter: plainText(target),
            quoted: target.parts.some(isQuoted),
            chomp: operator === '<<-',
            attach(body) {
                redirect.body = body;
            },
        });
    }
    return redirect;
}
function isQuoted(part) {
    return part.kind === 'single' || part.kind === 'double' || (part.kind === 'literal' && part.escaped);
}
function plainText(word) {
    return word.parts.map(partText).join('');
}
function partText(part) {
    if (part.kind === 'literal' || part.kind === 'single')
        return part.text;
    return part.kind === 'double' ? part.parts.map(partText).join('') : '';
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/simple.js


const ASSIGNMENT = /[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]\n]*\])?\+?=/y;
/** Commands whose arguments are assignments themselves, arrays included. */
const DECLARING = new Set(['declare', 'typeset', 'local', 'export', 'readonly', 'alias']);
/** Reads assignments, words and redirections; undefined when there is none of them. */
function readSimpleCommand(reader) {
    const start = reader.pos;
    const draft = { assignments: [], words: [], redirects: [] };
    let end = start;
    for (;;) {
        reader.skipBlanks();
        if (!readPiece(reader, draft))
            break;
        end = reader.pos;
    }
    return end === start ? undefined : { kind: 'simple', ...draft, start, end };
}
function readPiece(reader, draft) {
    const redirect = readRedirect(reader);
    if (redirect !== undefined) {
        draft.redirects.push(redirect);
        return true;
    }
    const name = reader.match(ASSIGNMENT);
    if (name !== undefined && draft.words.length === 0) {
        draft.assignments.push(readAssignment(reader, name));
        return true;
    }
    const word = name !== undefined && declares(draft) ? readDeclaration(reader, name) : readWord(reader);
    if (word !== undefined)
        draft.words.push(word);
    return word !== undefined;
}
function declares(draft) {
    const first = draft.words[0]?.parts[0];
    return first?.kind === 'literal' && DECLARING.has(first.text);
}
/** `declare a=(1 2)`: one word, the elements' parts behind the name. */
function readDeclaration(reader, name) {
    if (reader.peek(name.length) !== '(')
        return readWord(reader);
    const start = reader.pos;
    const assignment = readAssignment(reader, name);
    const head = { kind: 'literal', text: name, escaped: false, start, end: start + name.length };
    const parts = (assignment.elements ?? []).flatMap((element) => element.parts);
    return { parts: [head, ...parts], start, end: reader.pos };
}
function readAssignment(reader, name) {
    const start = reader.pos;
    reader.pos += name.length;
    const append = name.endsWith('+=');
    const target = name.slice(0, append ? -2 : -1);
    const bracket = target.indexOf('[');
    const head = {
        name: bracket === -1 ? target : target.slice(0, bracket),
        ...(bracket === -1 ? {} : { index: target.slice(bracket + 1, -1) }),
        append,
        start,
    };
    if (reader.peek() === '(') {
        const elements = readElements(reader);
        return { ...head, elements, end: reader.pos };
    }
    const value = readWord(reader);
    return { ...head, ...(value === undefined ? {} : { value }), end: reader.pos };
}
function readElements(reader) {
    const start = reader.pos;
    const elements = [];
    reader.pos += 1;
    for (;;) {
        reader.skipLines();
        const word = readWord(reader);
        if (word === undefined)
            break;
        elements.push(word);
    }
    if (!reader.take(')'))
        reader.problem('An array is not closed', start);
    return elements;
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/compound.js




const KEYWORD = /(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|select|function|\{|\}|\[\[)(?=[\s;&|()<>]|$)/y;
const FUNCTION_HEAD = /[^\s;&|()<>'"`$\\{}=#]+[ \t]*\([ \t]*\)/y;
const compound_NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const CLOSERS = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}']);
/** The reserved word in command position, if there is one. */
function peekKeyword(reader) {
    return reader.match(KEYWORD);
}
/** Reads one command of any kind with its redirections; undefined when none begins here. */
function readCommand(reader) {
    reader.skipBlanks();
    return reader.nested(() => readCommandHere(reader), () => undefined);
}
function readCommandHere(reader) {
    const start = reader.pos;
    const keyword = peekKeyword(reader);
    if (keyword !== undefined)
        return readReserved(reader, keyword, start);
    if (reader.looksAt('((')) {
        const end = arithmeticEnd(reader, reader.pos + 2);
        if (end !== -1)
            return readArithmeticCommand(reader, end, start);
    }
    if (reader.peek() === '(')
        return readSubshell(reader, start);
    const head = reader.match(FUNCTION_HEAD);
    if (head !== undefined)
        return readFunction(reader, head, false, start);
    return readSimpleCommand(reader);
}
function readReserved(reader, keyword, start) {
    if (CLOSERS.has(keyword))
        return undefined;
    reader.pos += keyword.length;
    switch (keyword) {
        case 'if':
            return readIf(reader, start);
        case 'for':
        case 'select':
            return readFor(reader, keyword === 'select', start);
        case 'while':
        case 'until':
            return readWhile(reader, keyword === 'until', start);
        case 'case':
            return readCase(reader, start);
        case 'function':
            return readFunction(reader, undefined, true, start);
        case '{':
            return readBraceGroup(reader, start);
        default:
            return readTest(reader, start);
    }
}
function readRedirects(reader) {
    const redirects = [];
    for (;;) {
        reader.skipBlanks();
        const redirect = readRedirect(reader);
        if (redirect === undefined)
            return redirects;
        redirects.push(redirect);
    }
}
/** The end of what was read, without the blanks that looking for a redirection skipped. */
function finish(reader, end) {
    const redirects = readRedirects(reader);
    return { redirects, end: redirects.at(-1)?.end ?? end };
}
function readBody(reader, stops) {
    return reader.grammar.script(reader, stops);
}
/** Moves over a reserved word; tells when another thing stands there. */
function expectKeyword(reader, word, opener, start) {
    reader.skipLines();
    if (peekKeyword(reader) === word)
        return reader.take(word);
    reader.problem(`'${word}' is missing for this '${opener}'`, start, start + opener.length);
    return false;
}
function readSubshell(reader, start) {
    reader.pos += 1;
    const body = readBody(reader, [')']);
    if (!reader.take(')'))
        reader.problem('A parenthesis is not closed', start);
    return { kind: 'group', subshell: true, body, start, ...finish(reader, reader.pos) };
}
function readBraceGroup(reader, start) {
    const body = readBody(reader, ['}']);
    expectKeyword(reader, '}', '{', start);
    return { kind: 'group', subshell: false, body, start, ...finish(reader, reader.pos) };
}
function readArithmeticCommand(reader, end, start) {
    reader.pos += 2;
    const parts = readArithmetic(reader, end);
    reader.pos = end + 2;
    return { kind: 'arithmetic', parts, start, ...finish(reader, reader.pos) };
}
function readIf(reader, start) {
    const branches = [];
    let otherwise;
    let more = true;
    while (more) {
        const condition = readBody(reader, ['then']);
        more = expectKeyword(reader, 'then', 'if', start);
        const body = readBody(reader, ['elif', 'else', 'fi']);
        branches.push({ condition, body });
        if (more)
            more = reader.match(/elif(?=[\s;&|()]|$)/y) !== undefined && reader.take('elif');
    }
    if (peekKeyword(reader) === 'else') {
        reader.take('else');
        otherwise = readBody(reader, ['fi']);
    }
    expectKeyword(reader, 'fi', 'if', start);
    const rest = finish(reader, reader.pos);
    return { kind: 'if', branches, ...(otherwise === undefined ? {} : { otherwise }), start, ...rest };
}
function readFor(reader, select, start) {
    reader.skipBlanks();
    if (reader.looksAt('(('))
        return readArithmeticFor(reader, start);
    const variable = reader.match(compound_NAME) ?? '';
    reader.pos += variable.length;
    if (variable === '')
        reader.problem('A loop variable is missing', start);
    reader.skipLines();
    const words = reader.match(/in(?=[\s;]|$)/y) === undefined ? undefined : readForWords(reader);
    reader.skipBlanks();
    reader.take(';');
    const body = readLoopBody(reader, select ? 'select' : 'for', start);
    const head = { kind: 'for', select, variable, ...(words === undefined ? {} : { words }) };
    const command = { ...head, body, start, ...finish(reader, reader.pos) };
    return command;
}
function readForWords(reader) {
    reader.pos += 2;
    const words = [];
    for (;;) {
        reader.skipBlanks();
        const word = readWord(reader);
        if (word === undefined)
            return words;
        words.push(word);
    }
}
function readArithmeticFor(reader, start) {
    const end = arithmeticEnd(reader, reader.pos + 2);
    if (end === -1)
        reader.problem('A parenthesis is not closed', reader.pos);
    reader.pos += 2;
    const parts = readArithmetic(reader, end === -1 ? reader.end : end);
    reader.pos = end === -1 ? reader.end : end + 2;
    reader.skipBlanks();
    reader.take(';');
    const body = readLoopBody(reader, 'for', start);
    return { kind: 'for-arithmetic', parts, body, start, ...finish(reader, reader.pos) };
}
/** `do … done`, or the braces that bash takes too. */
function readLoopBody(reader, opener, start) {
    reader.skipLines();
    if (peekKeyword(reader) === '{') {
        reader.take('{');
        const inBraces = readBody(reader, ['}']);
        expectKeyword(reader, '}', opener, start);
        return inBraces;
    }
    const opened = expectKeyword(reader, 'do', opener, start);
    const body = readBody(reader, ['done']);
    if (opened || peekKeyword(reader) === 'done')
        expectKeyword(reader, 'done', opener, start);
    return body;
}
function readWhile(reader, until, start) {
    const condition = readBody(reader, ['do']);
    const body = readLoopBody(reader, until ? 'until' : 'while', start);
    return { kind: 'while', until, condition, body, start, ...finish(reader, reader.pos) };
}
function readCase(reader, start) {
    reader.skipBlanks();
    const word = readWord(reader) ?? { parts: [], start: reader.pos, end: reader.pos };
    reader.skipLines();
    if (reader.match(/in(?=[\s;(]|$)/y) === undefined)
        reader.problem("'in' is missing for this 'case'", start);
    else
        reader.pos += 2;
    const items = [];
    for (;;) {
        reader.skipLines();
        if (reader.done || peekKeyword(reader) === 'esac')
            break;
        const item = readCaseItem(reader);
        if (item === undefined)
            break;
        items.push(item);
    }
    expectKeyword(reader, 'esac', 'case', start);
    return { kind: 'case', word, items, start, ...finish(reader, reader.pos) };
}
function readCaseItem(reader) {
    const start = reader.pos;
    reader.take('(');
    const patterns = [];
    for (;;) {
        reader.skipBlanks();
        const pattern = readWord(reader);
        if (pattern !== undefined)
            patterns.push(pattern);
        reader.skipBlanks();
        if (!reader.take('|'))
            break;
    }
    if (!reader.take(')')) {
        reader.problem("')' is missing behind this pattern", start);
        return undefined;
    }
    const body = readBody(reader, [';;', ';&', 'esac']);
    if (!reader.take(';;&') && !reader.take(';;'))
        reader.take(';&');
    return { patterns, body };
}
function readFunction(reader, head, keyword, start) {
    reader.skipBlanks();
    const text = head ?? reader.match(/[^\s;&|()<>'"`$\\]+(?:[ \t]*\([ \t]*\))?/y) ?? '';
    reader.pos += text.length;
    const name = text.replace(/[ \t]*\([ \t]*\)$/, '');
    reader.skipLines();
    const body = readCommand(reader);
    if (body === undefined) {
        reader.problem(`The function '${name}' has no body`, start);
        return undefined;
    }
    return { kind: 'function', name, keyword, body, redirects: [], start, end: body.end };
}
/** `[[ … ]]`: words and operators alike become words. */
function readTest(reader, start) {
    const words = [];
    let closed = false;
    while (!closed) {
        reader.skipLines();
        if (reader.done)
            break;
        if (reader.match(/\]\](?=[\s;&|()<>]|$)/y) !== undefined) {
            reader.pos += 2;
            closed = true;
        }
        else
            words.push(readTestWord(reader, words.at(-1)));
    }
    if (!closed)
        reader.problem("']]' is missing for this '[['", start, start + 2);
    return { kind: 'test', words, start, ...finish(reader, reader.pos) };
}
function readTestWord(reader, previous) {
    const start = reader.pos;
    const operator = reader.match(/&&|\|\||[()<>]|[;&|]/y);
    const regex = previous !== undefined && reader.slice(previous.start, previous.end) === '=~';
    if (operator === undefined || regex) {
        const parts = regex ? readParts(reader, regexStop()) : (readWord(reader)?.parts ?? []);
        if (parts.length > 0)
            return { parts, start, end: reader.pos };
    }
    const text = operator ?? reader.peek();
    reader.pos += text.length;
    const part = { kind: 'literal', text, escaped: false, start, end: reader.pos };
    return { parts: [part], start, end: reader.pos };
}
/** A regular expression goes on to the next blank outside parentheses. */
function regexStop() {
    let depth = 0;
    return (char) => {
        if (char === '(')
            depth += 1;
        if (char === ')')
            depth -= 1;
        return depth < 0 || (depth === 0 && /\s/.test(char)) || char === '';
    };
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/parse-shell.js



const parse_shell_OPERATOR = /&&|\|\||;(?![;&])|&(?!&)|\n/y;
const grammar = {
    script: readScript,
    heredocParts: (reader) => readQuotedParts(reader, ''),
    operand: readOperand,
};
/**
 * Reads a text as bash (a superset of POSIX sh, XCU 2.10) into commands with exact offsets. Never throws: what cannot be read is told
 * in `problems`, and reading goes on behind it.
 */
function parseShell(text) {
    const reader = new ShellReader(text, grammar);
    const script = readScript(reader, []);
    return { script, problems: reader.problems };
}
/** Reads only the characters [start, end) of a text; offsets stay those of the text. */
function parseShellPart(text, start, end) {
    const reader = new ShellReader(text, grammar, start, end);
    const script = readScript(reader, []);
    return { script, problems: reader.problems };
}
function readScript(reader, stops) {
    reader.skipLines();
    const start = reader.pos;
    const statements = [];
    while (!reader.done && !atStop(reader, stops)) {
        const before = reader.pos;
        const statement = readStatement(reader);
        if (statement !== undefined)
            statements.push(statement);
        else if (recover(reader, stops))
            break;
        if (reader.pos === before)
            reader.pos += 1;
        reader.pos = Math.min(reader.pos, reader.end);
        reader.skipLines();
    }
    return { statements, start, end: Math.max(start, statements.at(-1)?.end ?? start) };
}
function atStop(reader, stops) {
    const keyword = peekKeyword(reader);
    return stops.some((stop) => (/\w|\}/.test(stop) ? keyword === stop : reader.looksAt(stop)));
}
/** Words that close something: inside an open construct they end it, whoever it belongs to. */
const parse_shell_CLOSERS = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}']);
/** Steps over what cannot begin a command. True: it closes an outer construct, so this script ends here. */
function recover(reader, stops) {
    const keyword = peekKeyword(reader);
    const text = keyword ?? reader.peek();
    const closer = parse_shell_CLOSERS.has(text) || text === ')';
    reader.problem(`Unexpected '${text}'`, reader.pos, reader.pos + text.length);
    if (closer && stops.length > 0)
        return true;
    reader.pos += Math.max(1, text.length);
    reader.skipBlanks();
    // What joined it to the next command is of no more use.
    if (!reader.looksAt('\n'))
        reader.pos += reader.match(parse_shell_OPERATOR)?.length ?? 0;
    return false;
}
function readStatement(reader) {
    const start = reader.pos;
    const pipeline = readPipeline(reader);
    if (pipeline === undefined)
        return undefined;
    reader.skipBlanks();
    const found = reader.match(parse_shell_OPERATOR) ?? '';
    if (found === '\n')
        reader.newline();
    else
        reader.pos += found.length;
    if (found === '&&' || found === '||')
        expectMore(reader, found);
    if (found === '' && reader.peek() === '(')
        reader.problem("Unexpected '('");
    return { pipeline, operator: found, start, end: pipeline.end };
}
function expectMore(reader, operator) {
    const at = reader.pos - operator.length;
    reader.skipLines();
    if (reader.done || reader.peek() === ')')
        reader.problem(`A command is missing behind '${operator}'`, at);
}
function readPipeline(reader) {
    const start = reader.pos;
    const { negated, timed } = readPrefix(reader);
    const commands = [];
    for (;;) {
        const command = readCommand(reader);
        if (command === undefined)
            break;
        commands.push(command);
        reader.skipBlanks();
        if (!takePipe(reader))
            break;
        reader.skipLines();
        if (reader.done)
            reader.problem("A command is missing behind '|'", reader.pos - 1);
    }
    const end = commands.at(-1)?.end;
    return end === undefined ? undefined : { negated, timed, commands, start, end };
}
function takePipe(reader) {
    if (reader.peek() !== '|' || reader.peek(1) === '|')
        return false;
    return reader.take('|&') || reader.take('|');
}
function readPrefix(reader) {
    let negated = false;
    let timed = false;
    for (;;) {
        const word = reader.match(/(?:!|time(?:[ \t]+-p)?|coproc)(?=[\s(]|$)/y);
        if (word === undefined)
            return { negated, timed };
        reader.pos += word.length;
        if (word === '!')
            negated = !negated;
        if (word.startsWith('time'))
            timed = true;
        reader.skipBlanks();
    }
}

// EXTERNAL MODULE: ./lib/dockerfile/lint/shell/walk.js
var walk = __webpack_require__(2446);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell/command-views.js



/** Programs that run the command behind their own options; the options listed take the next word as value. */
const WRAPPERS = new Map(Object.entries({
    sudo: ['-u', '-g', '-h', '-p', '-C', '-r', '-t', '-T', '-U', '-D', '-R'],
    doas: ['-u', '-C'],
    env: ['-u', '-C', '-S', '--unset', '--chdir'],
    xargs: ['-I', '-n', '-P', '-d', '-L', '-a', '-E', '-s', '--arg-file', '--delimiter'],
    nohup: [],
    nice: ['-n'],
    ionice: ['-c', '-n'],
    stdbuf: ['-i', '-o', '-e'],
    timeout: ['-s', '-k'],
    eatmydata: [],
    gosu: [],
    'su-exec': [],
    setpriv: ['--reuid', '--regid', '--groups'],
}));
/** Words that stand between a wrapper's options and the command. */
const LEADING_WORDS = { timeout: 1, gosu: 1, 'su-exec': 1 };
const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);
const MAX_LAYERS = 5;
/** All simple commands of a script in source order: each as written, followed by what it runs for it. */
function commandViews(script, text) {
    return (0,walk/* simpleCommands */.N)(script).flatMap((command) => {
        const view = (0,command_view/* viewOf */.du)(command);
        return view === undefined ? [] : [view, ...innerViews(view, text, 0)];
    });
}
function innerViews(view, text, layers) {
    if (layers >= MAX_LAYERS)
        return [];
    const path = /^\/(?:usr\/(?:local\/)?)?s?bin\/([^/]+)$/.exec(view.name)?.[1];
    if (path !== undefined) {
        const same = { ...view, name: path, through: [...view.through, 'path'] };
        return [same, ...innerViews(same, text, layers + 1)];
    }
    if (SHELLS.has(view.name))
        return shellViews(view, text, layers);
    const valued = WRAPPERS.get(view.name);
    return valued === undefined ? [] : wrappedViews(view, valued, text, layers);
}
function wrappedViews(view, valued, text, layers) {
    let index = 0;
    while (index < view.args.length) {
        const value = view.args[index]?.value ?? '';
        if (value === '--')
            break;
        if (valued.includes(value))
            index += 2;
        else if (value.startsWith('-') || /^[A-Za-z_]\w*=/.test(value))
            index += 1;
        else
            break;
    }
    if (view.args[index]?.value === '--')
        index += 1;
    index += LEADING_WORDS[view.name] ?? 0;
    const words = view.args.slice(index).map(({ word }) => word);
    const inner = (0,command_view/* viewFrom */.AL)(view.command, words, [...view.through, view.name]);
    return inner === undefined ? [] : [inner, ...innerViews(inner, text, layers + 1)];
}
/** `sh -c 'script'`: the script's own commands, at their places where the quoting leaves them in place. */
function shellViews(view, text, layers) {
    const index = view.args.findIndex(({ value }) => /^-[a-z]*c[a-z]*$/.test(value));
    if (index === -1)
        return [];
    const script = view.args
        .slice(index + 1)
        .find(({ value }) => !value.startsWith('-') && value !== 'pipefail');
    if (script === undefined)
        return [];
    return scriptViews(script.word, text)
        .flatMap((inner) => [inner, ...innerViews(inner, text, layers + 1)])
        .map((inner) => ({ ...inner, through: [...view.through, `${view.name} -c`, ...inner.through] }));
}
function scriptViews(word, text) {
    const [part, more] = word.parts;
    if (part === undefined || more !== undefined)
        return [];
    if (part.kind !== 'single' && part.kind !== 'double')
        return [];
    const exact = part.kind === 'single'
        ? !part.ansi
        : part.parts.every((inner) => inner.kind !== 'literal' || !inner.escaped);
    if (exact)
        return viewsOf(parseShellPart(text, part.start + 1, part.end - 1).script);
    if (!(0,command_view/* isConstant */.VO)(word))
        return [];
    const plain = part.kind === 'single'
        ? part.text
        : part.parts.map((inner) => ('text' in inner ? inner.text : '')).join('');
    return viewsOf(parseShellPart(plain, 0, plain.length).script).map((view) => movedTo(view, word));
}
function viewsOf(script) {
    return (0,walk/* simpleCommands */.N)(script)
        .map((command) => (0,command_view/* viewOf */.du)(command))
        .filter((view) => view !== undefined);
}
/** Escapes moved the characters: the whole word is the place. */
function movedTo(view, { start, end }) {
    const nameWord = { ...view.nameWord, start, end };
    return {
        ...view,
        nameWord,
        start,
        end,
        args: view.args.map((arg) => ({ ...arg, start, end })),
        moved: true,
    };
}

;// CONCATENATED MODULE: ./lib/dockerfile/lint/run-script.js




const run_script_SHELLS = /^(?:.*\/)?(?:sh|bash|ash|dash|ksh|zsh|busybox)$/;
/** The scripts of an instruction that holds a command. */
function readRunScripts(file, instruction, command) {
    const heredocs = instruction.kind === 'run' ? instruction.heredocs : [];
    const line = command.form === 'exec' ? execAsShell(commandText(instruction)) : commandText(instruction);
    const script = makeScript(file, line);
    const [first] = heredocs;
    if (first === undefined || command.form === 'exec')
        return [script];
    if (isHeredocAlone(script))
        return [makeScript(file, heredocText(first))];
    const read = readByShells(script);
    const fed = heredocs.filter(({ fd, name }) => fd === 0 && read.has(name));
    return [script, ...fed.map((heredoc) => makeScript(file, heredocText(heredoc)))];
}
/** What a shell gets: everything behind the flags, for HEALTHCHECK behind the word CMD. */
function commandText(instruction) {
    if (instruction.kind !== 'healthcheck')
        return instruction.args;
    const word = /^\s*cmd\s+/i.exec(instruction.args.value)?.[0] ?? '';
    // Blanks keep every offset where it was.
    return {
        value: ' '.repeat(word.length) + instruction.args.value.slice(word.length),
        pieces: instruction.args.pieces,
    };
}
/** A script of a text with a way back to the file. */
function makeScript(file, text) {
    const shebang = /^#!\s*(\S+(?:[ \t]+\S+)?)/.exec(text.value)?.[1];
    const parsed = parseShell(isShell(shebang) ? text.value : '');
    return {
        text,
        parsed,
        commands: commandViews(parsed.script, text.value),
        shebang,
        rangeOf: (span) => (0,mapped_text/* rangeOf */.be)(file, text, span.start, Math.max(span.end, span.start)),
    };
}
/** True for an interpreter line of a shell, and for none at all. */
function isShell(shebang) {
    if (shebang === undefined)
        return true;
    const [program = '', argument = ''] = shebang.split(/\s+/);
    return run_script_SHELLS.test(program.endsWith('/env') ? argument : program);
}
/** `RUN <<EOF`: nothing but redirections from heredocs on the line. */
function isHeredocAlone({ parsed }) {
    const [statement, more] = parsed.script.statements;
    const [command] = statement?.pipeline.commands ?? [];
    if (more !== undefined || command?.kind !== 'simple')
        return false;
    return command.words.length === 0 && command.assignments.length === 0 && command.redirects.length > 0;
}
/** `RUN bash <<EOF`: the names of the heredocs that a shell without a script file reads. */
function readByShells(script) {
    const shells = script.commands.filter(({ name, args }) => run_script_SHELLS.test(name) && args.every(({ value }) => value.startsWith('-') && value !== '-c'));
    return new Set(shells.flatMap(({ command }) => command.redirects.flatMap(({ operator, target }) => {
        if (target === undefined || (operator !== '<<' && operator !== '<<-'))
            return [];
        return [script.text.value.slice(target.start, target.end).replace(/['"\\]/g, '')];
    })));
}
/** A heredoc's body as it reaches the shell, with its way back. */
function heredocText(heredoc) {
    const start = heredoc.body.start.offset;
    if (!heredoc.chomp)
        return { value: heredoc.content, pieces: [{ text: 0, source: start }] };
    const pieces = [];
    let value = '';
    let offset = start;
    for (const line of heredoc.content.split(/(?<=\n)/)) {
        const tabs = /^\t*/.exec(line)?.[0].length ?? 0;
        pieces.push({ text: value.length, source: offset + tabs });
        value += line.slice(tabs);
        offset += line.length;
    }
    return { value, pieces: pieces.length === 0 ? [{ text: 0, source: start }] : pieces };
}


/***/ }),

/***/ 5854:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ee: () => (/* binding */ GrowingScope),
/* harmony export */   O8: () => (/* binding */ addArg),
/* harmony export */   WP: () => (/* binding */ expandIn),
/* harmony export */   gm: () => (/* binding */ globalScope)
/* harmony export */ });
/* harmony import */ var _expand_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2460);

/** A scope while its lines are walked over. What was put in can be taken out again, so that stages which share a parent need no copies. */
class GrowingScope {
    values;
    declared;
    changes = [];
    constructor(values = [], declared = []) {
        this.values = new Map(values);
        this.declared = new Set(declared);
    }
    set(name, value) {
        this.changes.push({ name, before: this.values.get(name), declared: false });
        this.values.set(name, value);
    }
    declare(name) {
        if (this.declared.has(name))
            return;
        this.changes.push({ name, before: undefined, declared: true });
        this.declared.add(name);
    }
    /** A mark to come back to. */
    get size() {
        return this.changes.length;
    }
    /** Takes out all that came in since the scope had this size. */
    shrink(size) {
        while (this.changes.length > size)
            this.undo(this.changes.pop());
    }
    undo(change) {
        if (change === undefined)
            return;
        const { name, before, declared } = change;
        if (declared)
            this.declared.delete(name);
        else if (before === undefined)
            this.values.delete(name);
        else
            this.values.set(name, before);
    }
}
/** Set by the builder before the first line (Dockerfile reference, "Automatic platform ARGs"). */
const PLATFORM_ARGS = ['BUILD', 'TARGET'].flatMap((side) => [
    [`${side}PLATFORM`, 'linux/amd64'],
    [`${side}OS`, 'linux'],
    [`${side}OSVERSION`, ''],
    [`${side}ARCH`, 'amd64'],
    [`${side}VARIANT`, ''],
]);
/** UTF-16 units of a value; one that refers to itself twice on each of many lines would grow without bounds. */
const LONGEST = 8192;
/** The expansion of a text, or undefined when it cannot be expanded. */
function expandIn(text, scope, escapeChar) {
    try {
        const expanded = (0,_expand_js__WEBPACK_IMPORTED_MODULE_0__/* .expandWord */ .Vo)(text, scope.values, { escape: escapeChar });
        return expanded.value.length > LONGEST ? undefined : expanded;
    }
    catch {
        // The parser or the builder tells what is wrong with it.
        return undefined;
    }
}
/** The ARGs before the first FROM, with or without the build arguments that were given. */
function globalScope({ file }, args = NO_ARGUMENTS) {
    const scopes = globals.get(file) ?? new WeakMap();
    const known = scopes.get(args);
    if (known !== undefined)
        return known;
    const scope = new GrowingScope([...PLATFORM_ARGS, ['TARGETSTAGE', 'default']], [...PLATFORM_ARGS.map(([name]) => name), 'TARGETSTAGE']);
    for (const instruction of file.globalArgs) {
        addArg(scope, instruction, (name) => args[name], file.directives.escape);
    }
    globals.set(file, scopes.set(args, scope));
    return scope;
}
const NO_ARGUMENTS = {};
/** Every FROM asks for them, with and without the build arguments. */
const globals = new WeakMap();
/** Takes up the names of an ARG, one after the other. `given`: the value from outside, which has the upper hand. */
function addArg(scope, instruction, given, escapeChar) {
    for (const { key, value } of instruction.pairs) {
        const own = value === undefined ? undefined : expandIn(value.value, scope, escapeChar)?.value;
        const chosen = given(key.value) ?? own;
        scope.declare(key.value);
        if (chosen !== undefined)
            scope.set(key.value, chosen);
    }
}


/***/ }),

/***/ 5002:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  k: () => (/* binding */ shellFacts),
  L: () => (/* binding */ shellRule)
});

// EXTERNAL MODULE: ./lib/dockerfile/lint/command-rule.js
var command_rule = __webpack_require__(1854);
// EXTERNAL MODULE: ./lib/dockerfile/lint/context.js + 1 modules
var lint_context = __webpack_require__(6629);
// EXTERNAL MODULE: ./lib/dockerfile/lint/inherited-names.js
var inherited_names = __webpack_require__(7501);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/known-names.js


/** The proxies that a builder hands in. */
const PROXIES = new Set(['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]));
/**
 * The variables that ARG and ENV set in front of an instruction, in its stage and in those that it is built from, triggers that ran there included. For a
 * trigger: what the image has in its environment, and the triggers before.
 */
function namesBefore(context, instruction) {
    return new NamesBefore(context, context.stageOf(instruction), instruction.at.start.offset);
}
/** Nothing is copied: an instruction is one of thousands, perhaps, and few of the names are ever asked for. */
class NamesBefore {
    context;
    stage;
    offset;
    constructor(context, stage, offset) {
        this.context = context;
        this.stage = stage;
        this.offset = offset;
    }
    has(name) {
        return this.isNear(name) || this.isInImage(name);
    }
    isNear(name) {
        if (PROXIES.has(name))
            return true;
        const own = firstPlaces(this.context, this.stage).get(name);
        if (own !== undefined && own < this.offset)
            return true;
        return imageOf(this.stage) === undefined && handedDown(this.context).has(this.stage, name);
    }
    isInImage(name) {
        const image = imageOf(this.stage);
        if (image === undefined)
            return false;
        return firstPlaces(this.context, image).has(name) || handedDown(this.context).has(image, name);
    }
    *[Symbol.iterator]() {
        const told = new Set(PROXIES);
        yield* PROXIES;
        for (const name of this.all()) {
            if (told.has(name))
                continue;
            told.add(name);
            yield name;
        }
    }
    *all() {
        for (const [name, place] of firstPlaces(this.context, this.stage))
            if (place < this.offset)
                yield name;
        for (const trigger of (0,lint_context/* triggersRun */.fp)(this.stage))
            yield* namesSet(this.context, trigger);
        for (let at = this.stage.parent; at !== undefined; at = at.parent) {
            yield* firstPlaces(this.context, at).keys();
            for (const trigger of (0,lint_context/* triggersRun */.fp)(at))
                yield* namesSet(this.context, trigger);
        }
    }
}
/** The stage whose triggers stand in this one. */
function imageOf({ from, parent }) {
    return from === undefined ? parent : undefined;
}
/** Where a stage first sets each of its variables: offsets in the file. */
function firstPlaces(context, stage) {
    const before = places.get(stage);
    if (before !== undefined)
        return before;
    const found = new Map();
    // An image keeps no ARG.
    const isImage = context.onbuild && stage.from !== undefined;
    const setters = isImage ? context.of(stage, 'env') : context.of(stage, 'arg', 'env');
    for (const { pairs, at } of setters) {
        for (const { key } of pairs)
            if (!found.has(key.value))
                found.set(key.value, at.start.offset);
    }
    places.set(stage, found);
    return found;
}
const places = new WeakMap();
function namesSet({ onbuild }, instruction) {
    const sets = instruction.kind === 'env' || (instruction.kind === 'arg' && !onbuild);
    return sets ? instruction.pairs.map(({ key }) => key.value) : [];
}
/** What stages leave to those that are built from them, by their triggers too. */
function handedDown(context) {
    const before = handed.get(context);
    if (before !== undefined)
        return before;
    const names = new inherited_names/* InheritedNames */.H(context.written, (stage) => [
        ...firstPlaces(context, stage).keys(),
        ...(0,lint_context/* triggersOf */.XJ)(stage).flatMap((trigger) => namesSet(context, trigger)),
    ]);
    handed.set(context, names);
    return names;
}
const handed = new WeakMap();

// EXTERNAL MODULE: ./lib/dockerfile/lint/shell-setting.js
var shell_setting = __webpack_require__(3913);
;// CONCATENATED MODULE: ./lib/dockerfile/lint/shell-rule.js



/**
 * A rule about the shell text of RUN in the manner of ShellCheck: all places are told. Scripts with syntax errors are left to SC1072,
 * scripts for PowerShell and cmd, and exec forms, are none.
 */
function shellRule(facts, find, options = {}) {
    return {
        ...facts,
        onbuild: true,
        *check(context) {
            for (const run of context.all('run')) {
                for (const one of shellFacts(context, run, options.brokenToo === true)) {
                    for (const hit of find(one))
                        yield (0,command_rule/* toFinding */.N6)(hit, one.script, run);
                }
            }
        },
    };
}
/** Each script of a RUN that a POSIX shell reads, with what is known about it. */
function shellFacts(context, run, brokenToo) {
    const byRun = read.get(context) ?? new Map();
    const facts = byRun.get(run) ?? readFacts(context, run);
    read.set(context, byRun.set(run, facts));
    return brokenToo ? facts : facts.filter(({ script }) => script.parsed.problems.length === 0);
}
/** Kept, because many rules ask for them. */
const read = new WeakMap();
function readFacts(context, run) {
    const shell = (0,shell_setting/* dialectAt */.op)(context, run);
    if (run.command.form === 'exec' || (0,shell_setting/* isForeignShell */.VH)(shell))
        return [];
    const known = namesBefore(context, run);
    return context.scripts(run).map((script) => {
        const dialect = dialectOf(script.shebang, shell);
        return { script, dialect, posix: dialect === 'sh' || dialect === 'dash', known, run, shell, context };
    });
}
function dialectOf(shebang, shell) {
    const words = shebang === undefined ? shell.slice(0, 1) : shebang.split(/\s+/);
    const program = words.findLast((word) => /(?:sh|busybox)$/.test(word)) ?? '/bin/sh';
    return program.split('/').at(-1) ?? 'sh';
}


/***/ }),

/***/ 3913:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VH: () => (/* binding */ isForeignShell),
/* harmony export */   ct: () => (/* binding */ shellAt),
/* harmony export */   op: () => (/* binding */ dialectAt)
/* harmony export */ });
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6629);
/* harmony import */ var _inherited_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7268);
/* harmony import */ var _last_before_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3378);
/* harmony import */ var _partition_point_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4491);




/** A file written with backticks is for Windows, where cmd is the default. */
const WINDOWS_SHELL = ['cmd', '/S', '/C'];
/**
 * The SHELL in force at an instruction (own stage, else the triggers that its FROM runs, else the stages it is built from); empty: the default,
 * /bin/sh -c.
 */
function shellAt(context, instruction) {
    const stage = context.stageOf(instruction);
    const above = shellBefore(context, stage, instruction) ?? ofTriggers(stage) ?? lastShell(stage.parent);
    return above?.shell ?? (context.file.directives.escape === '`' ? WINDOWS_SHELL : []);
}
function shellBefore(context, stage, { at }) {
    return (0,_last_before_js__WEBPACK_IMPORTED_MODULE_1__/* .lastBefore */ .k)(context.of(stage, 'shell'), at.start.offset);
}
function ofTriggers(stage) {
    return (0,_context_js__WEBPACK_IMPORTED_MODULE_0__/* .triggersRun */ .fp)(stage).findLast((one) => one.kind === 'shell');
}
const shellAtEnd = (0,_inherited_js__WEBPACK_IMPORTED_MODULE_2__/* .inherited */ .J)((stage) => stage.instructions.findLast((one) => one.kind === 'shell') ?? ofTriggers(stage));
function lastShell(stage) {
    return stage === undefined ? undefined : shellAtEnd(stage);
}
/** PowerShell and cmd: their scripts are no shell scripts. */
function isForeignShell(shell) {
    return /^(?:pwsh|powershell|cmd)/i.test(shell[0]?.split(/[/\\]/).at(-1) ?? '');
}
/** The shell for checks of scripts: a pragma above, else SHELL, else sh. */
function dialectAt(context, instruction) {
    const setting = shellAt(context, instruction);
    const { line } = instruction.at.start;
    const stage = context.stageOf(instruction);
    // A trigger stands among the instructions of the stage whose image has it.
    const home = stage.from === undefined ? (stage.parent ?? stage) : stage;
    const pragma = shellPragma(context, line, home.from?.at.start.line ?? 0);
    const own = shellBefore(context, stage, instruction) ?? shellBefore(context, home, instruction);
    if (pragma === undefined || (own !== undefined && own.at.start.line > pragma.line))
        return setting;
    return pragma.values;
}
/** The last one above a line, in its stage or before the first FROM. */
function shellPragma({ pragmas, file }, line, from) {
    const first = file.stages[0]?.from.at.start.line ?? 0;
    const all = shellPragmas.get(pragmas) ?? pragmas.all.filter(({ kind }) => kind === 'shell');
    shellPragmas.set(pragmas, all);
    const nearest = all[(0,_partition_point_js__WEBPACK_IMPORTED_MODULE_3__/* .partitionPoint */ .j)(all, (pragma) => pragma.line < line) - 1];
    if (nearest === undefined || nearest.line < first || nearest.line > from)
        return nearest;
    return all.findLast((pragma) => pragma.line < first);
}
const shellPragmas = new WeakMap();


/***/ }),

/***/ 938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AL: () => (/* binding */ viewFrom),
/* harmony export */   IE: () => (/* binding */ plainArgs),
/* harmony export */   Lt: () => (/* binding */ hasFlag),
/* harmony export */   VO: () => (/* binding */ isConstant),
/* harmony export */   Zo: () => (/* binding */ flagsOf),
/* harmony export */   du: () => (/* binding */ viewOf),
/* harmony export */   eA: () => (/* binding */ SUBSTITUTION),
/* harmony export */   en: () => (/* binding */ wordText),
/* harmony export */   nb: () => (/* binding */ hasArg)
/* harmony export */ });
/* unused harmony export withoutValuesOf */
/** How a substitution looks in the text of a word. */
const SUBSTITUTION = '$'.concat('{..}');
/** The text of a word: quotes removed, `$x` and `${x}` both as `${x}`, substitutions as `${..}`. */
function wordText(word) {
    return word.parts.map(partText).join('');
}
function partText(part) {
    switch (part.kind) {
        case 'literal':
        case 'single':
            return part.text;
        case 'double':
            return part.parts.map(partText).join('');
        case 'parameter':
            return `\${${part.name}${part.operator ?? ''}${part.operand.map(partText).join('')}}`;
        case 'command':
        case 'arithmetic':
        case 'process':
            return SUBSTITUTION;
    }
}
/** True when nothing in the word depends on the shell's state. */
function isConstant(word) {
    return word.parts.every((part) => part.kind === 'literal' ||
        part.kind === 'single' ||
        (part.kind === 'double' && part.parts.every((inner) => inner.kind === 'literal')));
}
/** Builtins before a command that leave it the same command. */
const TRANSPARENT = new Set(['exec', 'command', 'builtin', 'time']);
/** The command as written: only `exec`, `command`, `builtin` and `time` are looked through. Undefined for mere assignments. */
function viewOf(command) {
    if (known.has(command))
        return known.get(command);
    const view = readView(command);
    known.set(command, view);
    return view;
}
/** Each command is looked at by many rules. */
const known = new WeakMap();
function readView(command) {
    let first = 0;
    while (TRANSPARENT.has(textAt(command.words, first)) && first + 1 < command.words.length)
        first += 1;
    return viewFrom(command, command.words.slice(first), []);
}
/** A view whose name is the first of `words`. */
function viewFrom(command, words, through) {
    const [nameWord, ...rest] = words;
    if (nameWord === undefined)
        return undefined;
    return {
        name: wordText(nameWord),
        args: rest.map((word) => ({ value: wordText(word), word, start: word.start, end: word.end })),
        nameWord,
        command,
        through,
        start: nameWord.start,
        end: rest.at(-1)?.end ?? nameWord.end,
    };
}
function textAt(words, index) {
    const word = words[index];
    return word === undefined ? '' : wordText(word);
}
/** The names of all flags: `--name=v` and `--name` give `name`, `-abc` gives `a`, `b`, `c`. */
function flagsOf(view) {
    return view.args.flatMap(({ value }) => flagNames(value));
}
function flagNames(value) {
    if (value.startsWith('--'))
        return value === '--' ? [] : [value.slice(2).split('=')[0] ?? ''];
    return value.startsWith('-') ? [...value.slice(1)] : [];
}
function hasFlag(view, ...names) {
    return flagsOf(view).some((flag) => names.includes(flag));
}
function hasArg(view, ...values) {
    return view.args.some(({ value }) => values.includes(value));
}
/** The arguments that do not start with `-`; `valued` are flags whose next word is their value. */
function plainArgs(view, valued = []) {
    return withoutValuesOf(view.args, valued).filter(({ value }) => !value.startsWith('-'));
}
/** Drops the word behind each of these flags, single or together (`-yt x`), unless the flag held an `=`. */
function withoutValuesOf(args, valued) {
    if (valued.length === 0)
        return args;
    const kept = [];
    let skip = false;
    for (const arg of args) {
        if (!skip)
            kept.push(arg);
        skip = !skip && takesNext(arg.value, valued);
    }
    return kept;
}
function takesNext(value, valued) {
    if (value.includes('='))
        return false;
    return flagNames(value).some((name) => valued.includes(name));
}


/***/ }),

/***/ 2446:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ simpleCommands),
/* harmony export */   n: () => (/* binding */ walkScript)
/* harmony export */ });
/** The way through a script, kept because many rules go it. */
const ways = new WeakMap();
/** Visits a script with all scripts inside its words. */
function walkScript(script, visitor) {
    for (const step of wayThrough(script)) {
        if (step.kind === 'part')
            visitor.part?.(step.node, step.quoted);
        else if (step.kind === 'command')
            visitor.command?.(step.node);
        else if (step.kind === 'statement')
            visitor.statement?.(step.node);
        else if (step.kind === 'pipeline')
            visitor.pipeline?.(step.node);
        else
            visitor.word?.(step.node);
    }
}
function wayThrough(script) {
    const known = ways.get(script);
    if (known !== undefined)
        return known;
    const steps = [];
    goThrough(script, {
        statement: (node) => steps.push({ kind: 'statement', node }),
        pipeline: (node) => steps.push({ kind: 'pipeline', node }),
        command: (node) => steps.push({ kind: 'command', node }),
        word: (node) => steps.push({ kind: 'word', node }),
        part: (node, quoted) => steps.push({ kind: 'part', node, quoted }),
    });
    ways.set(script, steps);
    return steps;
}
function goThrough(script, visitor) {
    for (const statement of script.statements) {
        visitor.statement?.(statement);
        visitor.pipeline?.(statement.pipeline);
        for (const command of statement.pipeline.commands)
            walkCommand(command, visitor);
    }
}
function walkCommand(command, visitor) {
    visitor.command?.(command);
    walkOwn(command, visitor);
    for (const redirect of command.redirects)
        walkRedirect(redirect, visitor);
}
function walkOwn(command, visitor) {
    switch (command.kind) {
        case 'simple':
            walkSimple(command, visitor);
            return;
        case 'if':
            for (const branch of command.branches) {
                goThrough(branch.condition, visitor);
                goThrough(branch.body, visitor);
            }
            if (command.otherwise !== undefined)
                goThrough(command.otherwise, visitor);
            return;
        case 'case':
            walkWord(command.word, visitor);
            for (const item of command.items) {
                for (const pattern of item.patterns)
                    walkWord(pattern, visitor);
                goThrough(item.body, visitor);
            }
            return;
        case 'function':
            walkCommand(command.body, visitor);
            return;
        case 'test':
            for (const word of command.words)
                walkWord(word, visitor);
            return;
        default:
            walkLoop(command, visitor);
    }
}
function walkLoop(command, visitor) {
    if (command.kind === 'for')
        for (const word of command.words ?? [])
            walkWord(word, visitor);
    if (command.kind === 'arithmetic' || command.kind === 'for-arithmetic')
        walkParts(command.parts, visitor, true);
    if (command.kind === 'while')
        goThrough(command.condition, visitor);
    if (command.kind !== 'arithmetic')
        goThrough(command.body, visitor);
}
function walkSimple(command, visitor) {
    for (const assignment of command.assignments) {
        if (assignment.value !== undefined)
            walkWord(assignment.value, visitor);
        for (const element of assignment.elements ?? [])
            walkWord(element, visitor);
    }
    for (const word of command.words)
        walkWord(word, visitor);
}
function walkRedirect(redirect, visitor) {
    if (redirect.target !== undefined)
        walkWord(redirect.target, visitor);
    if (redirect.body !== undefined)
        walkParts(redirect.body.parts, visitor, true);
}
function walkWord(word, visitor) {
    visitor.word?.(word);
    walkParts(word.parts, visitor, false);
}
function walkParts(parts, visitor, quoted) {
    for (const part of parts) {
        visitor.part?.(part, quoted);
        if (part.kind === 'double')
            walkParts(part.parts, visitor, true);
        if (part.kind === 'arithmetic')
            walkParts(part.parts, visitor, true);
        if (part.kind === 'parameter')
            walkParts(part.operand, visitor, quoted);
        if (part.kind === 'command' || part.kind === 'process')
            goThrough(part.script, visitor);
    }
}
/** A script is asked for its commands by many rules. */
const known = new WeakMap();
/** All simple commands anywhere in a script, in source order. */
function simpleCommands(script) {
    const before = known.get(script);
    if (before !== undefined)
        return before;
    const found = [];
    walkScript(script, {
        command(command) {
            if (command.kind === 'simple')
                found.push(command);
        },
    });
    found.sort((one, other) => one.start - other.start);
    known.set(script, found);
    return found;
}


/***/ }),

/***/ 5219:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mk: () => (/* binding */ sliceMapped),
/* harmony export */   V7: () => (/* binding */ sourceOffset),
/* harmony export */   be: () => (/* binding */ rangeOf),
/* harmony export */   hO: () => (/* binding */ rangeIn),
/* harmony export */   lc: () => (/* binding */ keepSource),
/* harmony export */   r7: () => (/* binding */ textIn),
/* harmony export */   vz: () => (/* binding */ sourceOf)
/* harmony export */ });
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(901);

/** Index of the piece that holds a text offset. */
function pieceAt(mapped, offset) {
    const { pieces } = mapped;
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if ((pieces[middle]?.text ?? 0) <= offset)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}
/** File offset of a text offset. */
function sourceOffset(mapped, offset) {
    const piece = mapped.pieces[pieceAt(mapped, offset)];
    return piece === undefined ? offset : piece.source + offset - piece.text;
}
/** File offset behind the character before `offset`: where a stretch of text ends, without what joins it to the next line. */
function sourceEnd(mapped, start, offset) {
    return offset > start ? sourceOffset(mapped, offset - 1) + 1 : sourceOffset(mapped, start);
}
function sliceMapped(mapped, start, end) {
    const [only] = mapped.pieces;
    if (mapped.pieces.length === 1 && only !== undefined) {
        return {
            value: mapped.value.slice(start, end),
            pieces: [{ text: 0, source: only.source + start - only.text }],
        };
    }
    const first = pieceAt(mapped, start);
    const last = end > start ? pieceAt(mapped, end - 1) : first;
    const pieces = mapped.pieces.slice(first, last + 1).map((piece) => ({
        text: Math.max(piece.text - start, 0),
        source: piece.text < start ? piece.source + start - piece.text : piece.source,
    }));
    return { value: mapped.value.slice(start, end), pieces };
}
/** Where the stretch [start, end) of a joined text stands in the file, from its first character to its last. */
function rangeIn(source, mapped, start, end) {
    return (0,_source_js__WEBPACK_IMPORTED_MODULE_0__/* .rangeBetween */ .yb)(source, sourceOffset(mapped, start), sourceEnd(mapped, start, end));
}
function textIn(source, mapped, start, end) {
    return { value: mapped.value.slice(start, end), at: rangeIn(source, mapped, start, end) };
}
/** Line tables by the file they belong to, made on first use: a linter asks for many places of one file. */
const sources = new WeakMap();
function sourceOf(file) {
    const known = sources.get(file);
    if (known !== undefined)
        return known;
    const source = (0,_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSource */ .o$)(file.text, file.path);
    sources.set(file, source);
    return source;
}
/** Keeps the line table that parsing made. */
function keepSource(file, source) {
    sources.set(file, source);
}
/**
 * Where the stretch [start, end) of an instruction's joined text stands in its Dockerfile. Pass the same `file` object each time.
 */
function rangeOf(file, mapped, start, end) {
    return rangeIn(sourceOf(file), mapped, start, end);
}


/***/ }),

/***/ 6061:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  E: () => (/* binding */ INSTRUCTION_NAMES),
  X: () => (/* binding */ readNode)
});

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/dockerfile/blank.js
var blank = __webpack_require__(3680);
// EXTERNAL MODULE: ./lib/dockerfile/heredoc.js
var heredoc = __webpack_require__(3490);
// EXTERNAL MODULE: ./lib/dockerfile/mapped-text.js
var mapped_text = __webpack_require__(5219);
// EXTERNAL MODULE: ./lib/dockerfile/source.js
var source = __webpack_require__(901);
;// CONCATENATED MODULE: ./lib/dockerfile/string-array.js
/**
 * Reads text as the JSON form of an instruction.
 * Undefined: it is not a JSON array, so it is shell form or plain words. `mixed`: an array, but not of strings alone.
 */
function readStringArray(text) {
    if (!text.startsWith('['))
        return undefined;
    const values = parseArray(text);
    if (values === undefined)
        return undefined;
    if (!values.every((value) => typeof value === 'string'))
        return 'mixed';
    const items = [];
    const token = /"[^"\\]*(?:\\.[^"\\]*)*"/g;
    for (const value of values) {
        const match = token.exec(text);
        const start = match?.index ?? 0;
        items.push({ value: value.toWellFormed(), start, end: start + (match?.[0].length ?? 0) });
    }
    return items;
}
function parseArray(text) {
    try {
        const value = JSON.parse(text);
        return Array.isArray(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/dockerfile/words.js

/** Splits at tabs, spaces and the like and at nothing else: quotes do not hold words together. */
function splitAtBlanks(text) {
    const words = [];
    let index = 0;
    while (index < text.length) {
        while (index < text.length && (0,blank/* isSeparator */.k$)(text.charCodeAt(index)))
            index++;
        const start = index;
        while (index < text.length && !(0,blank/* isSeparator */.k$)(text.charCodeAt(index)))
            index++;
        if (index > start)
            words.push({ value: text.slice(start, index), start, end: index });
    }
    return words;
}
/** The word at the beginning and where the rest begins (undefined if there is none): how names and legacy keys are cut off. */
function firstWord(text) {
    let end = 0;
    while (end < text.length && !(0,blank/* isSeparator */.k$)(text.charCodeAt(end)))
        end++;
    if (end === text.length)
        return { end, rest: undefined };
    let rest = end;
    while (rest < text.length && (0,blank/* isSeparator */.k$)(text.charCodeAt(rest)))
        rest++;
    return { end, rest };
}
/**
 * Splits into words as ENV, LABEL and ARG do: quotes and escapes hold a word together and stay in it. An escape at the very end is
 * dropped; an unclosed quote runs to the end.
 */
function splitQuoted(text, escapeChar) {
    const words = [];
    let index = (0,blank/* skipBlanks */.pw)(text, 0);
    while (index < text.length) {
        const word = readQuoted(text, index, escapeChar);
        if (word.value !== '')
            words.push(word);
        index = (0,blank/* skipBlanks */.pw)(text, word.end);
    }
    return words;
}
function readQuoted(text, start, escapeChar) {
    let index = start;
    while (index < text.length && !(0,blank/* isBlank */.z3)(text.charCodeAt(index))) {
        const char = text[index];
        if (char === escapeChar)
            index += 2;
        else if (char === '"' || char === "'")
            index = behindQuote(text, index, char === '"' ? escapeChar : '');
        else
            index++;
    }
    // Past the end: an escape with nothing behind it.
    const cut = index > text.length ? 1 : 0;
    const end = Math.min(index, text.length);
    return { value: text.slice(start, end - cut), start, end };
}
/** Index behind the quote that closes the one at `start`; above the text's length when an escape was its last character. */
function behindQuote(text, start, escapeChar) {
    let index = start + 1;
    while (index < text.length && text[index] !== text[start])
        index += text[index] === escapeChar ? 2 : 1;
    return text[index] === text[start] ? index + 1 : index;
}
/**
 * Takes the leading `--flag` words off. Quotes and escapes inside them are removed; a lone `--` ends them and is dropped.
 * `rest` is where the arguments begin.
 */
function splitFlags(text, escapeChar) {
    const flags = [];
    let index = (0,blank/* skipBlanks */.pw)(text, 0);
    while (text.startsWith('--', index)) {
        const flag = readFlag(text, index, escapeChar);
        index = flag.end;
        if (flag.value === '--')
            break;
        flags.push(flag);
        index = (0,blank/* skipBlanks */.pw)(text, index);
    }
    return { flags, rest: index };
}
function readFlag(text, start, escapeChar) {
    const value = [];
    let quote = '';
    let index = start;
    for (; index < text.length; index++) {
        const char = text[index] ?? '';
        const next = quoteState(quote, char);
        if (char === escapeChar)
            value.push(text[++index] ?? '');
        else if (next !== quote)
            quote = next;
        else if (quote === '' && (0,blank/* isBlank */.z3)(text.charCodeAt(index)))
            break;
        else
            value.push(char);
    }
    return { value: value.join(''), start, end: Math.min(index, text.length) };
}
/** The quote that is open behind a character. */
function quoteState(open, char) {
    if (open !== '')
        return char === open ? '' : open;
    return char === '"' || char === "'" ? char : '';
}

;// CONCATENATED MODULE: ./lib/dockerfile/node.js







/** ONBUILD inside ONBUILD is refused anyway; there is no need to follow it far. */
const DEEPEST_TRIGGER = 4;
const SPLITTERS = {
    add: arrayOrWords,
    arg: names,
    cmd: arrayOrLine,
    copy: arrayOrWords,
    entrypoint: arrayOrLine,
    env: keyValues,
    expose: plainWords,
    from: plainWords,
    healthcheck: check,
    label: keyValues,
    maintainer: wholeLine,
    onbuild: trigger,
    run: arrayOrLine,
    shell: arrayOrLine,
    stopsignal: wholeLine,
    user: wholeLine,
    volume: arrayOrWords,
    workdir: wholeLine,
};
/** Names of all instructions, lower case. */
const INSTRUCTION_NAMES = Object.keys(SPLITTERS);
const WITH_HEREDOCS = new Set(['add', 'copy', 'run']);
/**
 * Splits a logical line and takes the heredoc bodies it announces from the reader.
 * @throws BuildError `JSON_NOT_STRINGS`, `ENV_NEEDS_VALUE`, `PAIR_NEEDS_EQUALS`, `UNTERMINATED_HEREDOC`, `UNCLOSED_QUOTE`
 */
function readNode(context, line, reader) {
    const node = splitNode(context, line.joined, line);
    if (!line.joined.value.includes('<<') || !canHoldHeredocs(node))
        return node;
    const heredocs = (0,heredoc/* findMarkers */.Xh)(line.joined.value).map((marker) => {
        const at = (0,mapped_text/* rangeIn */.hO)(context.source, line.joined, marker.start, marker.end);
        const body = reader.heredoc(marker.name, marker.chomp);
        if (body === undefined)
            throw unterminated(marker.name, marker.chomp, at);
        const { name, expand, chomp, fd } = marker;
        const range = (0,source/* rangeBetween */.yb)(context.source, body.start, body.end);
        return {
            heredoc: { name, expand, chomp, fd, content: body.content, at, body: range },
            end: body.terminatorEnd,
        };
    });
    const last = heredocs.at(-1);
    if (last === undefined)
        return node;
    return {
        ...node,
        heredocs: heredocs.map(({ heredoc }) => heredoc),
        end: last.end,
        endLine: reader.line,
    };
}
function unterminated(name, chomp, at) {
    return new errors/* BuildError */.zS({
        kind: 'user',
        code: 'UNTERMINATED_HEREDOC',
        message: `The heredoc ${name} has no end`,
        hint: `put ${name} on a line of its own behind the text${chomp ? '; only tabs may stand before it' : ', with nothing before it'}`,
        at,
    });
}
function canHoldHeredocs(node) {
    const inner = node.operands.form === 'trigger' ? node.operands.node : node;
    return WITH_HEREDOCS.has(inner.name) && inner.operands.form !== 'array';
}
const NONE = [];
const NO_FLAGS = { flags: NONE, rest: 0 };
function splitNode(context, line, place) {
    const { source } = context;
    const start = (0,blank/* skipBlanks */.pw)(line.value, 0);
    const end = (0,blank/* skipBlanksBack */.wU)(line.value, start, line.value.length);
    const name = firstWord(line.value.slice(start, end));
    const keyword = (0,mapped_text/* textIn */.r7)(source, line, start, start + name.end);
    const argsFrom = name.rest === undefined ? end : start + name.rest;
    const { flags, rest } = line.value.startsWith('--', (0,blank/* skipBlanks */.pw)(line.value, argsFrom, end))
        ? splitFlags(line.value.slice(argsFrom, end), context.escape)
        : NO_FLAGS;
    const from = (0,blank/* skipBlanks */.pw)(line.value, argsFrom + rest, end);
    const args = (0,mapped_text/* sliceMapped */.Mk)(line, from, end);
    const lower = keyword.value.toLowerCase();
    const split = Object.hasOwn(SPLITTERS, lower) ? SPLITTERS[lower] : undefined;
    const { startLine, endLine, comments } = place;
    return {
        keyword,
        name: lower,
        flags: flags.length === 0 ? NONE : flags.map((flag) => node_readFlag(context, line, argsFrom, flag)),
        args,
        operands: split?.(context, args, lower) ?? { form: 'none' },
        heredocs: NONE,
        comments,
        line,
        start: keyword.at.start.offset,
        end: place.end,
        startLine,
        endLine,
    };
}
function node_readFlag(context, line, from, word) {
    const equals = word.value.indexOf('=');
    return {
        name: equals === -1 ? word.value.slice(2) : word.value.slice(2, equals),
        value: equals === -1 ? undefined : word.value.slice(equals + 1),
        at: (0,mapped_text/* rangeIn */.hO)(context.source, line, from + word.start, from + word.end),
    };
}
function texts(context, args, words) {
    return words.map((word) => ({
        value: word.value,
        at: (0,mapped_text/* rangeIn */.hO)(context.source, args, word.start, word.end),
    }));
}
function wholeLine(context, args) {
    if (args.value === '')
        return { form: 'none' };
    return { form: 'line', text: (0,mapped_text/* textIn */.r7)(context.source, args, 0, args.value.length) };
}
function plainWords(context, args) {
    if (args.value === '')
        return { form: 'none' };
    return { form: 'words', words: texts(context, args, splitAtBlanks(args.value)) };
}
function array(context, args) {
    const items = readStringArray(args.value);
    if (items === undefined)
        return undefined;
    if (items !== 'mixed')
        return { form: 'array', items: texts(context, args, items) };
    throw new errors/* BuildError */.zS({
        kind: 'user',
        code: 'JSON_NOT_STRINGS',
        message: 'The JSON form takes an array of strings only',
        hint: 'put every element in double quotes',
        at: (0,mapped_text/* rangeIn */.hO)(context.source, args, 0, args.value.length),
    });
}
function arrayOrLine(context, args) {
    return array(context, args) ?? wholeLine(context, args);
}
function arrayOrWords(context, args) {
    return array(context, args) ?? plainWords(context, args);
}
function keyValues(context, args, name) {
    const words = splitQuoted(args.value, context.escape);
    const [first] = words;
    if (first === undefined)
        return { form: 'none' };
    if (!first.value.includes('='))
        return legacyPair(context, args, name.toUpperCase());
    const pairs = words.map((word) => {
        const pair = pairOf(context, args, word);
        if (pair === undefined)
            throw noEquals(context, args, word);
        return pair;
    });
    return { form: 'pairs', pairs, legacy: false };
}
/** `key=value`; undefined without an equals sign. */
function pairOf(context, args, word) {
    const equals = word.value.indexOf('=');
    if (equals === -1)
        return undefined;
    const middle = word.start + equals;
    return {
        key: (0,mapped_text/* textIn */.r7)(context.source, args, word.start, middle),
        value: {
            value: word.value.slice(equals + 1),
            at: (0,mapped_text/* rangeIn */.hO)(context.source, args, middle + 1, word.end),
        },
    };
}
function names(context, args) {
    const words = splitQuoted(args.value, context.escape);
    if (words.length === 0)
        return { form: 'none' };
    const list = words.map((word) => pairOf(context, args, word) ?? {
        key: { value: word.value, at: (0,mapped_text/* rangeIn */.hO)(context.source, args, word.start, word.end) },
    });
    return { form: 'names', names: list };
}
function legacyPair(context, args, name) {
    const { end, rest } = firstWord(args.value);
    if (rest === undefined) {
        throw new errors/* BuildError */.zS({
            kind: 'user',
            code: `${name}_NEEDS_VALUE`,
            message: `${name} must have two arguments, a name and a value`,
            hint: `write ${name} ${args.value}=value`,
            at: (0,mapped_text/* rangeIn */.hO)(context.source, args, 0, end),
        });
    }
    const key = (0,mapped_text/* textIn */.r7)(context.source, args, 0, end);
    const value = (0,mapped_text/* textIn */.r7)(context.source, args, rest, args.value.length);
    return { form: 'pairs', pairs: [{ key, value }], legacy: true };
}
function noEquals(context, args, word) {
    return new errors/* BuildError */.zS({
        kind: 'user',
        code: 'PAIR_NEEDS_EQUALS',
        message: `${JSON.stringify(word.value)} has no =, but the pair before it has`,
        hint: 'write name=value, and put a value with blanks in double quotes',
        at: (0,mapped_text/* rangeIn */.hO)(context.source, args, word.start, word.end),
    });
}
function check(context, args) {
    if (args.value === '')
        return { form: 'none' };
    const { end, rest } = firstWord(args.value);
    const command = (0,mapped_text/* sliceMapped */.Mk)(args, rest ?? end, args.value.length);
    return {
        form: 'check',
        type: (0,mapped_text/* textIn */.r7)(context.source, args, 0, end),
        command: arrayOrLine(context, command),
    };
}
function trigger(context, args) {
    const depth = (context.depth ?? 0) + 1;
    if (args.value === '' || depth > DEEPEST_TRIGGER)
        return wholeLine(context, args);
    const lines = { startLine: 0, endLine: 0, comments: [], end: 0 };
    return { form: 'trigger', node: splitNode({ ...context, depth }, args, lines) };
}


/***/ }),

/***/ 8965:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Ai: () => (/* binding */ parseDockerfile),
  uc: () => (/* binding */ parseTrigger),
  g0: () => (/* binding */ readNodes)
});

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/dockerfile/directives.js
var dockerfile_directives = __webpack_require__(3142);
// EXTERNAL MODULE: ./lib/dockerfile/instruction/from.js
var from = __webpack_require__(1237);
// EXTERNAL MODULE: ./lib/dockerfile/instruction/read.js + 9 modules
var read = __webpack_require__(9828);
// EXTERNAL MODULE: ./lib/dockerfile/instruction/reading.js
var reading = __webpack_require__(6149);
// EXTERNAL MODULE: ./lib/dockerfile/blank.js
var blank = __webpack_require__(3680);
// EXTERNAL MODULE: ./lib/dockerfile/source.js
var dockerfile_source = __webpack_require__(901);
;// CONCATENATED MODULE: ./lib/dockerfile/line-reader.js




/** BuildKit reads lines through a buffer of 64 KiB. */
const LONGEST_LINE = 65_535;
const NO_COMMENTS = [];
/** Reads a Dockerfile's physical lines: comments, directives, continuations and heredoc bodies. Errors are collected, not thrown. */
class LineReader {
    comments = [];
    problems = [];
    escape = '\\';
    /** Lines read so far. */
    line = 0;
    source;
    directives;
    at;
    /** Comments that belong to the next instruction. */
    pending = [];
    constructor(source) {
        this.source = source;
        this.directives = new dockerfile_directives/* DirectiveReader */.zj(source);
        this.at = (0,dockerfile_directives/* textStart */.m1)(source.text);
    }
    /** The next instruction's lines; undefined at the end of the file. */
    next() {
        for (let first = this.physical(); first !== undefined; first = this.physical()) {
            const startLine = this.line;
            const from = (0,blank/* skipBlanks */.pw)(first.text, 0);
            const isComment = this.comment(first, from, true);
            this.directive(first.text.slice(from), first.start + from);
            const text = isComment ? '' : first.text.slice(from);
            const cut = continued(text, this.escape);
            if (cut === undefined && text === '')
                continue;
            return this.join(text, first.start + from, cut, startLine);
        }
        return undefined;
    }
    /**
     * The lines up to the terminator. Undefined when the file ends before it.
     */
    heredoc(name, chomp) {
        const start = this.at;
        for (let line = this.physical(); line !== undefined; line = this.physical()) {
            const text = chomp ? line.text.replace(/^\t+/, '') : line.text;
            if (text !== name)
                continue;
            const content = this.source.text.slice(start, line.start);
            return { content, start, end: line.start, terminatorEnd: line.start + line.text.length };
        }
        return undefined;
    }
    join(firstText, start, firstCut, startLine) {
        if (firstCut === undefined)
            return this.single(firstText, start, startLine);
        const texts = [firstText.slice(0, firstCut)];
        const pieces = [{ text: 0, source: start }];
        let length = firstCut;
        let end = start + firstText.length;
        let emptyContinuation = false;
        let open = true;
        while (open) {
            const line = this.physical();
            if (line === undefined)
                break;
            const from = (0,blank/* skipBlanks */.pw)(line.text, 0);
            if (this.comment(line, from, false))
                continue;
            if (from === line.text.length) {
                emptyContinuation = true;
                continue;
            }
            const cut = continued(line.text, this.escape);
            open = cut !== undefined;
            pieces.push({ text: length, source: line.start });
            texts.push(line.text.slice(0, cut));
            length += cut ?? line.text.length;
            end = line.start + line.text.length;
        }
        return {
            joined: { value: texts.join(''), pieces },
            startLine,
            endLine: this.line,
            end,
            comments: this.takeComments(),
            emptyContinuation,
        };
    }
    single(value, start, line) {
        return {
            joined: { value, pieces: [{ text: 0, source: start }] },
            startLine: line,
            endLine: line,
            end: start + value.length,
            comments: this.takeComments(),
            emptyContinuation: false,
        };
    }
    takeComments() {
        if (this.pending.length === 0)
            return NO_COMMENTS;
        const comments = this.pending;
        this.pending = [];
        return comments;
    }
    physical() {
        const { text } = this.source;
        const start = this.at;
        if (start >= text.length)
            return undefined;
        const newline = text.indexOf('\n', start);
        const next = newline === -1 ? text.length : newline + 1;
        let end = newline === -1 ? text.length : newline;
        this.at = next;
        this.line++;
        this.checkLength(start, end);
        while (end > start && text[end - 1] === '\r')
            end--;
        return { text: text.slice(start, end), start, next };
    }
    checkLength(start, end) {
        if ((end - start) * 3 <= LONGEST_LINE)
            return;
        if (Buffer.byteLength(this.source.text.slice(start, end)) <= LONGEST_LINE)
            return;
        this.problems.push(new errors/* BuildError */.zS({
            kind: 'user',
            code: 'LINE_TOO_LONG',
            message: `A line of a Dockerfile holds at most ${LONGEST_LINE} bytes`,
            hint: 'break it up, or COPY the data from a file',
            at: (0,dockerfile_source/* rangeBetween */.yb)(this.source, start, start + 1),
        }));
    }
    /** Takes note of a comment line; `leading`: it stands before an instruction, not inside one. */
    comment(line, from, leading) {
        if (line.text[from] !== '#')
            return false;
        const comment = {
            text: line.text.slice(from + 1),
            at: (0,dockerfile_source/* rangeBetween */.yb)(this.source, line.start + from, line.start + line.text.length),
        };
        this.comments.push(comment);
        if (!leading)
            return true;
        // Only an empty comment at the very beginning of a line parts what is above it from the instruction.
        if (from === 0 && (0,blank/* skipBlanks */.pw)(comment.text, 0) === comment.text.length)
            this.pending = [];
        else
            this.pending.push(comment);
        return true;
    }
    directive(line, start) {
        try {
            const directive = this.directives.read(line, start);
            if (directive === undefined)
                return;
            this.pending = [];
            if (directive.name === 'escape')
                this.escape = (0,dockerfile_directives/* escapeOf */.FP)(directive.value);
        }
        catch (error) {
            if (!(error instanceof errors/* BuildError */.zS))
                throw error;
            this.pending = [];
            this.problems.push(error);
        }
    }
}
/**
 * Where the text of a continued line ends: at an escape character that is last but for spaces and tabs and is not itself behind an
 * escape character. Undefined for a line that is not continued.
 */
function continued(text, escapeChar) {
    let end = text.length;
    while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t'))
        end--;
    if (end === 0 || text[end - 1] !== escapeChar || text[end - 2] === escapeChar)
        return undefined;
    return end - 1;
}

// EXTERNAL MODULE: ./lib/dockerfile/mapped-text.js
var mapped_text = __webpack_require__(5219);
// EXTERNAL MODULE: ./lib/dockerfile/node.js + 2 modules
var node = __webpack_require__(6061);
;// CONCATENATED MODULE: ./lib/dockerfile/parse.js









const MOST_PROBLEMS = 500;
/** Splits a text into instructions. Never throws for what the text holds. */
function readNodes(source) {
    const nodes = [];
    const { problems, warnings, lines } = eachNode(source, (node) => nodes.push(node));
    return { nodes, problems: inOrder(problems), warnings, escape: lines.escape };
}
/** Hands each node on as soon as it is read, so that a long file's nodes need not be held together. */
function eachNode(source, take) {
    const lines = new LineReader(source);
    const { problems } = lines;
    const warnings = [];
    let empty = true;
    for (let line = lines.next(); line !== undefined; line = lines.next()) {
        empty = false;
        if (line.emptyContinuation)
            warnings.push({ rule: 'NoEmptyContinuation', at: lastLine(source, line) });
        try {
            take((0,node/* readNode */.X)({ source, escape: lines.escape }, line, lines));
        }
        catch (error) {
            problems.push(expected(error));
        }
    }
    if (empty)
        problems.push(noInstructions(source, lines.line));
    return { problems, warnings, lines };
}
/**
 * Reads a whole Dockerfile and tells all that is wrong with it at once. Never throws for what the text holds.
 * A `# syntax=` for another frontend is no problem here, see `checkSyntax`.
 * @param path as messages shall name the file
 * @param buildArgs one of them may replace the check directive, which then may say anything
 */
function parseDockerfile(text, path, buildArgs = {}) {
    const source = (0,dockerfile_source/* readSource */.o$)(text, path);
    const sorter = new StageSorter(source);
    const { problems, warnings, lines } = eachNode(source, (node) => sorter.take(node));
    sorter.finish();
    const directives = directivesOf(source, lines.escape);
    const file = {
        path,
        text,
        directives,
        globalArgs: sorter.globalArgs,
        stages: sorter.stages,
        comments: lines.comments,
    };
    (0,mapped_text/* keepSource */.lc)(file, source);
    const checks = buildArgs[dockerfile_directives/* CHECK_ARGUMENT */.rU] === undefined ? checkProblems(directives) : [];
    const all = [...checks, ...problems, ...sorter.problems];
    return { file, problems: readable(inOrder(all)), warnings };
}
/** The builder refuses a file whose check directive it cannot read. */
function checkProblems({ check }) {
    try {
        if (check !== undefined)
            (0,dockerfile_directives/* readCheckOptions */.PO)(check);
        return [];
    }
    catch (error) {
        return [expected(error)];
    }
}
/**
 * Reads the text of an ONBUILD trigger as one instruction, the way a build does that is FROM the image which holds it: the escape
 * character is the backslash whatever it was in the file that made the image.
 * @throws BuildError `BAD_TRIGGER` unless it is exactly one instruction that a trigger may be, and all that parsing finds
 */
function parseTrigger(text, path = 'ONBUILD') {
    const source = (0,dockerfile_source/* readSource */.o$)(text, path);
    const { nodes, problems } = readNodes(source);
    (0,errors/* throwAll */.Kx)(problems);
    const [node, second] = nodes;
    if (node === undefined || second !== undefined) {
        const at = (0,dockerfile_source/* rangeBetween */.yb)(source, 0, text.length);
        throw (0,reading/* fault */.DG)('BAD_TRIGGER', `An ONBUILD trigger must be one instruction: ${JSON.stringify(text)}`, at);
    }
    const instruction = (0,read/* readInstruction */.d)({ source, node });
    const { kind, keyword } = instruction;
    if (kind === 'from' || kind === 'maintainer' || kind === 'onbuild') {
        throw (0,reading/* fault */.DG)('BAD_TRIGGER', `${kind.toUpperCase()} is not allowed as an ONBUILD trigger`, keyword.at);
    }
    return instruction;
}
/** Puts instructions into their stages. */
class StageSorter {
    globalArgs = [];
    stages = [];
    problems = [];
    source;
    constructor(source) {
        this.source = source;
    }
    take(node) {
        try {
            this.place((0,read/* readInstruction */.d)({ source: this.source, node }));
        }
        catch (error) {
            this.problems.push(expected(error));
            if (node.name === 'from')
                this.place((0,from/* brokenFrom */.o)({ source: this.source, node }));
        }
    }
    finish() {
        const last = this.globalArgs.at(-1);
        if (this.stages.length > 0 || this.problems.length > 0 || last === undefined)
            return;
        this.problems.push((0,reading/* fault */.DG)('NO_STAGES', 'The Dockerfile has no FROM', last.keyword.at, 'begin a stage with FROM image'));
    }
    place(instruction) {
        if (instruction.kind === 'from') {
            const { stageName } = instruction;
            const index = this.stages.length;
            const named = stageName === undefined ? {} : { name: stageName };
            this.stages.push({ index, ...named, from: instruction, instructions: [] });
            return;
        }
        const stage = this.stages.at(-1);
        if (stage !== undefined)
            stage.instructions.push(instruction);
        else if (instruction.kind === 'arg')
            this.globalArgs.push(instruction);
        else
            throw beforeFrom(instruction);
    }
}
function beforeFrom({ keyword }) {
    return (0,reading/* fault */.DG)('NO_STAGE', `${keyword.value.toUpperCase()} stands before the first FROM`, keyword.at, 'only ARG may stand there; move it below a FROM');
}
function expected(error) {
    if (error instanceof errors/* BuildError */.zS)
        return error;
    throw error;
}
function inOrder(problems) {
    return problems.toSorted((left, right) => (left.at?.start.offset ?? 0) - (right.at?.start.offset ?? 0));
}
/** A file that is no Dockerfile at all has a problem on every line; nobody reads them all. */
function readable(problems) {
    const next = problems[MOST_PROBLEMS];
    if (next === undefined)
        return problems;
    const more = `${problems.length - MOST_PROBLEMS} more problems from here on are not shown`;
    const note = new errors/* BuildError */.zS({ kind: 'user', code: 'MORE_PROBLEMS', message: more, at: next.at });
    return [...problems.slice(0, MOST_PROBLEMS), note];
}
function directivesOf(source, escapeChar) {
    const syntax = (0,dockerfile_directives/* detectSyntax */.Dh)(source);
    const check = (0,dockerfile_directives/* scanDirective */.nR)(source, 'check');
    return {
        ...(syntax === undefined ? {} : { syntax }),
        escape: escapeChar,
        ...(check === undefined ? {} : { check }),
    };
}
function noInstructions(source, line) {
    const start = source.lineStarts[Math.max(line - 1, 0)] ?? 0;
    return (0,reading/* fault */.DG)('NO_INSTRUCTIONS', 'The Dockerfile holds no instructions', (0,dockerfile_source/* rangeBetween */.yb)(source, start, start));
}
function lastLine(source, line) {
    const start = source.lineStarts[line.endLine - 1] ?? 0;
    return (0,dockerfile_source/* rangeBetween */.yb)(source, start, Math.max(line.end, start));
}


/***/ })

};
