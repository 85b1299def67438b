/** Words that a C name cannot be: C's own, gcc's, and those of the runtime headers. */

const KEYWORDS =
  'auto break case char const continue default do double else enum extern float for goto if inline int long register ' +
  'restrict return short signed sizeof static struct switch typedef union unsigned void volatile while asm typeof';

/** Macros that gcc predefines, and what <stddef.h> and <stdbool.h> define. */
const PREDEFINED = 'unix linux i386 NULL offsetof size_t ptrdiff_t wchar_t max_align_t bool true false';

/** What `harmonyc.h` defines; a test compares this list with the header. */
const RUNTIME =
  'u8 u16 u32 u64 i8 i16 i32 i64 u128 Text Atomic32 Atomic64 Volatile8 Volatile16 Volatile32 TEXT AT PAIR UNUSED APART COLD CHECK ' +
  'HARMONYC_H HARMONYC_TARGET_H HARMONYC_NARROWING HARMONYC_SIGNED HARMONYC_UNSIGNED harmonyTrap checkFailed checkFailedAt harmonyAssert checkedIndex ' +
  'checkedTextByte inRegister';

const CHECKED =
  /^check(ed(Add|Subtract|Multiply|Negate|Divide|Remainder)|Division)([IU](32|64))$|^checked[IU](8|16|32|64)(FromSigned)?$/;
const TARGET =
  /^atomic(Load|Store|Add|Or|And|Swap|Max|CompareExchange)(Acquire|Release|AcquireRelease)?(32|64)$|^volatile(Read|Write)(8|16|32)$/;

/** Functions that gcc knows by name or that every host program contains: an own function of that name would replace them. */
const LIBRARY =
  'abort abs accept access acos alarm asin atan atan2 atexit atof atoi atol bcmp bcopy bind brk bsearch bzero calloc cbrt ceil ' +
  'chdir chmod chown clock close connect cos cosh creat ctime dirname dup erf exec execl execv exit exp exp2 expm1 fabs fclose ' +
  'fcntl fdim feof ferror fflush ffs fgetc fgets floor fma fmax fmin fmod fopen fork fprintf fputc fputs fputws fread free ' +
  'freopen frexp fscanf fseek fstat fsync ftell fwrite gamma getc getchar getcwd getenv getpid gets hypot index ioctl isalnum ' +
  'isalpha isascii isblank iscntrl isdigit isgraph islower isprint ispunct isspace isupper isxdigit j0 j1 jn kill labs ldexp ' +
  'lgamma link listen llabs log log10 log2 logb longjmp lseek lstat malloc memccpy memchr memcmp memcpy memmove mempcpy memset ' +
  'mkdir mmap modf mount munmap nan nice open pause perror pipe poll pow printf putc putchar puts pwrite qsort raise rand read ' +
  'readlink realloc recv remove rename rewind rindex rint rmdir round sbrk scanf select send setjmp shutdown signal sin sinh ' +
  'sleep snprintf socket sprintf sqrt srand sscanf stat stpcpy strcasecmp strcat strchr strcmp strcpy strcspn strdup strlen ' +
  'strncat strncmp strncpy strpbrk strrchr strspn strstr strtok strtol symlink sync syscall system tan tanh tgamma time times ' +
  'toascii tolower toupper trunc truncate umask uname ungetc unlink usleep utime vfork vprintf wait write y0 y1 yn';

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

const RESERVED = words(`${KEYWORDS} ${PREDEFINED} ${RUNTIME}`);
const LIBRARY_FUNCTIONS = words(LIBRARY);

/** True for words that mean something else in every generated file, and for those that C keeps for implementations. */
export function isReservedByC(name: string): boolean {
  return RESERVED.has(name) || /^__|^_[A-Z]/.test(name) || CHECKED.test(name) || TARGET.test(name);
}

/** True for words that are free for locals and fields, but not for functions and data. */
export function isLibraryFunction(name: string): boolean {
  return LIBRARY_FUNCTIONS.has(name);
}
