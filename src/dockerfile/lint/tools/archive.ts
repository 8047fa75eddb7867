/** Endings of archives that ADD unpacks, as hadolint lists them. */
const ENDINGS = [
  '.tar',
  '.Z',
  '.bz2',
  '.gz',
  '.lz',
  '.lzma',
  '.tZ',
  '.tb2',
  '.tbz',
  '.tbz2',
  '.tgz',
  '.tlz',
  '.tpz',
  '.txz',
  '.xz',
];

export function isArchiveName(name: string): boolean {
  return ENDINGS.some((ending) => name.endsWith(ending));
}

/** Tar inside, plain or compressed, under names that hadolint does not list; case is no matter for what is in the file. */
const TAR_INSIDE =
  /\.(?:tar(?:[.-][^/]*)?|zst|tzst|t?bz2?|tb2|tgz|txz|t?lz|lzma|gz|xz|crate|gem|apk|box|ova|oci|cbt|pax|ustar|unitypackage)$/i;

/** Kinds of files that hold text, pictures or programs, or are archives of other kinds (zip, ar, cpio). */
const OTHER_KINDS = new RegExp(
  `\\.(?:${[
    'txt md rst adoc html? xml xsl xsd svg css scss less json5? jsonc jsonl ndjson ya?ml toml ini cfg conf config cnf properties env csv tsv',
    'service socket timer repo list sources rules crt cer pem key pub asc gpg lock sum mod log diff patch sql proto graphql tmpl tpl j2',
    'sh bash zsh fish ksh ps1 bat cmd py pyi rb pl pm php lua tcl r jl js mjs cjs jsx ts mts cts tsx vue go rs c h cc cpp hpp java kt kts scala groovy',
    'cs fs swift ex exs erl hs ml clj el vim awk gradle cmake mk',
    'png jpe?g gif ico webp bmp tiff? ttf otf woff2? mp3 mp4 wav pdf',
    'jar war ear zip whl egg nupkg vsix docx? xlsx? pptx? 7z rar deb udeb rpm so dll dylib exe msi class pyc o a wasm',
  ]
    .join(' ')
    .replaceAll(' ', '|')})$`,
  'i',
);

/**
 * What ADD of a local file comes to, as far as its name tells (BuildKit asks the content alone): `copy` for a folder and for kinds of files that are no
 * tar archive, `unpack` for kinds that are, else `unknown`.
 */
export function effectOfAdd(name: string): 'copy' | 'unpack' | 'unknown' {
  if (/^\.{0,2}$|\/\.{0,2}$/.test(name) || OTHER_KINDS.test(name)) return 'copy';
  return TAR_INSIDE.test(name) ? 'unpack' : 'unknown';
}
