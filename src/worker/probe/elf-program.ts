import type { Platform } from '../../image/types.ts';

/** How programs of an architecture look (System V ABI, ELF header; machine numbers of linux/elf-em.h). */
interface Machine {
  readonly number: number;
  readonly bits: 32 | 64;
  readonly bigEndian?: boolean;
  /** `e_flags`: what kernels and emulators insist on. */
  readonly flags?: number;
  /** exit(42) by the kernel's own call; absent: no program can be made. */
  readonly code?: string;
}

/** What the program ends with: no shell that mistakes it for a script does. */
export const EXIT_CODE = 42;

const MACHINES: Readonly<Record<string, Machine>> = {
  amd64: { number: 62, bits: 64, code: 'b83c000000bf2a0000000f05' },
  '386': { number: 3, bits: 32, code: 'b801000000bb2a000000cd80' },
  arm64: { number: 183, bits: 64, code: 'a80b80d2400580d2010000d4' },
  arm: { number: 40, bits: 32, flags: 0x0500_0000, code: '0170a0e32a00a0e3000000ef' },
  ppc64le: { number: 21, bits: 64, flags: 2, code: '010000382a00603802000044' },
  riscv64: { number: 243, bits: 64, code: '9308d0051305a00273000000' },
  s390x: { number: 22, bits: 64, bigEndian: true, code: 'a729002a0a01' },
  mips64le: { number: 8, bits: 64, flags: 0x2000_0000 },
  loong64: { number: 258, bits: 64 },
};

const ADDRESS = 0x40_0000;
const PAGE = 0x1_0000;
const EXECUTABLE = 2;
const VERSION = 1;
/** PT_LOAD, readable and executable. */
const LOAD = 1;
const READ_EXECUTE = 5;

/** The smallest program for an architecture, and how its kind is recognised. */
export interface ElfProgram {
  /** Whole; ends with `EXIT_CODE`. Undefined where none can be made. */
  readonly file: Buffer | undefined;
  /** What every program of its kind begins with. */
  readonly header: Buffer;
}

/** undefined for an architecture that is not known. */
export function elfProgram({ architecture }: Pick<Platform, 'architecture'>): ElfProgram | undefined {
  const machine = MACHINES[architecture];
  if (machine === undefined) return undefined;
  const code = Buffer.from(machine.code ?? '', 'hex');
  const header = headers(machine, code.length);
  return { header, file: machine.code === undefined ? undefined : Buffer.concat([header, code]) };
}

function headers(machine: Machine, codeSize: number): Buffer {
  const { bits } = machine;
  const wide = bits === 64;
  const sizes = wide ? { file: 64, segment: 56 } : { file: 52, segment: 32 };
  const start = sizes.file + sizes.segment;
  const out = new Fields(machine.bigEndian === true, wide);
  out.bytes(0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, machine.bigEndian === true ? 2 : 1, VERSION);
  out.bytes(...Array.from({ length: 9 }, () => 0));
  out.half(EXECUTABLE).half(machine.number).word(VERSION);
  out
    .address(ADDRESS + start)
    .address(sizes.file)
    .address(0);
  out
    .word(machine.flags ?? 0)
    .half(sizes.file)
    .half(sizes.segment)
    .half(1);
  out.half(0).half(0).half(0);
  const size = start + codeSize;
  out.word(LOAD);
  if (wide) out.word(READ_EXECUTE);
  out.address(0).address(ADDRESS).address(ADDRESS).address(size).address(size);
  if (!wide) out.word(READ_EXECUTE);
  out.address(PAGE);
  return out.buffer;
}

/** Numbers one after the other, in the byte order of a machine. */
class Fields {
  readonly #parts: Buffer[] = [];
  readonly #bigEndian: boolean;
  readonly #wide: boolean;

  constructor(bigEndian: boolean, wide: boolean) {
    this.#bigEndian = bigEndian;
    this.#wide = wide;
  }

  get buffer(): Buffer {
    return Buffer.concat(this.#parts);
  }

  bytes(...values: readonly number[]): this {
    this.#parts.push(Buffer.from(values));
    return this;
  }

  half(value: number): this {
    return this.#number(value, 2);
  }

  word(value: number): this {
    return this.#number(value, 4);
  }

  /** As wide as the machine. */
  address(value: number): this {
    return this.#number(value, this.#wide ? 8 : 4);
  }

  #number(value: number, width: 2 | 4 | 8): this {
    const part = Buffer.alloc(width);
    if (width === 8) {
      if (this.#bigEndian) part.writeBigUInt64BE(BigInt(value));
      else part.writeBigUInt64LE(BigInt(value));
    } else if (this.#bigEndian) part.writeUIntBE(value, 0, width);
    else part.writeUIntLE(value, 0, width);
    this.#parts.push(part);
    return this;
  }
}
