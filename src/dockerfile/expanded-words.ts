import { isBlank } from './blank.ts';

/** A word of an expanded text, with the stretch [start, end) of the text it came from. */
export interface ExpandedWord {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Collects a result and, beside it, its words. */
export class Pieces {
  private readonly out: string[] = [];
  private readonly words: ExpandedWord[] = [];
  private word = '';
  private start = 0;
  private end = 0;

  /** Ordinary characters of the text, from offset `from` on. Blanks end words. */
  addPlain(text: string, from: number): void {
    this.split(text, (start, end) => this.extend(text.slice(start, end), from + start, from + end));
  }

  /** What the stretch [from, to) of the text stands for. Its blanks end words. */
  add(text: string, from: number, to: number): void {
    this.split(text, (start, end) => this.extend(text.slice(start, end), from, to));
  }

  /** As `add`, but nothing in `text` ends a word. */
  addRaw(text: string, from: number, to: number): void {
    this.out.push(text);
    this.extend(text, from, to);
  }

  result(): { value: string; words: readonly ExpandedWord[] } {
    this.close();
    return { value: this.out.join(''), words: this.words };
  }

  private split(text: string, extend: (start: number, end: number) => void): void {
    this.out.push(text);
    let done = 0;
    for (let index = 0; index < text.length; index++) {
      if (!isBlank(text.charCodeAt(index))) continue;
      extend(done, index);
      this.close();
      done = index + 1;
    }
    extend(done, text.length);
  }

  private extend(text: string, from: number, to: number): void {
    if (text === '') return;
    if (this.word === '') this.start = from;
    this.word += text;
    this.end = to;
  }

  private close(): void {
    if (this.word !== '') this.words.push({ value: this.word, start: this.start, end: this.end });
    this.word = '';
  }
}
