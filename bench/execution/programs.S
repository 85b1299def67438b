/*
 * Threads and a server that do nothing but what a row measures, and the calls that are measured. All share the image,
 * and so `readings`, whatever component they are in. Readings of the counter of retired instructions go there once the
 * measured part is over.
 */
        .equ    ITSELF, 64
        .equ    THREAD_RUN, 25
        .equ    THREAD_SIGNAL, 26
        .equ    RETURN, 32
        .equ    WAIT, 33
        .equ    YIELD, 34

        /* Words of `readings`. */
        .equ    START, 0 * 8
        .equ    END, 1 * 8
        .equ    THREAD_START, 2 * 8
        .equ    THREAD_END, 3 * 8

        .macro  itself operation
        li      a6, \operation
        li      a7, ITSELF
        ecall
        .endm

        .section .text.programs, "ax", @progbits

/* programAt(index): the address of a program. */
        .globl  programAt
programAt:
        lla     t0, programs
        slli    a0, a0, 3
        add     t0, t0, a0
        ld      a0, 0(t0)
        ret

/* readingAt(index) */
        .globl  readingAt
readingAt:
        lla     t0, readings
        slli    a0, a0, 3
        add     t0, t0, a0
        ld      a0, 0(t0)
        ret

/* 0: a server returns its arguments. */
serverReturns:
        itself  RETURN
        ebreak

/* 1: a thread yields for ever. */
programYields:
        itself  YIELD
        j       programYields

/* 2: a thread waits for ever. */
programWaits:
        itself  WAIT
        rdinstret s0
        lla     t0, readings
        sd      s0, THREAD_END(t0)
        j       programWaits

/* 3: a thread gives a signal to the thread in slot 0, then yields, for ever. */
programSignals:
        li      a0, 1
        rdinstret s0
        li      a6, THREAD_SIGNAL
        li      a7, 0
        ecall
        lla     t0, readings
        sd      s0, THREAD_START(t0)
        itself  YIELD
        j       programSignals

/* 4: a thread loads from the address in a0, then yields, for ever. */
programLoads:
        mv      s1, a0
1:
        rdinstret s0
        ld      t1, 0(s1)
        rdinstret s2
        lla     t0, readings
        sd      s0, THREAD_START(t0)
        sd      s2, THREAD_END(t0)
        itself  YIELD
        j       1b

/* 5: a thread has the serial line whose registers are at a0 interrupt (IER: the transmitter is ready), again and again. s0: the counter before. */
programInterrupts:
        li      t0, 2
        rdinstret s0
        sb      t0, 1(a0)
        sb      zero, 1(a0)
        j       programInterrupts

        .macro  enter
        addi    sp, sp, -32
        sd      s0, 0(sp)
        sd      s1, 8(sp)
        sd      s2, 16(sp)
        .endm

/* Ends a measured call, whose answer is in a0 and a1; s0 is the first reading. */
        .macro  leave
        rdinstret t0
        lla     t1, readings
        sd      s0, START(t1)
        sd      t0, END(t1)
        ld      s0, 0(sp)
        ld      s1, 8(sp)
        ld      s2, 16(sp)
        addi    sp, sp, 32
        ret
        .endm

/* measureRun(thread): runs it without a deadline. Returns error and event. */
        .globl  measureRun
measureRun:
        enter
        mv      s1, a0
        li      a0, -1
        li      a1, 0
        rdinstret s0
        li      a6, THREAD_RUN
        mv      a7, s1
        ecall
        leave

/* measureSignal(thread): gives it a signal, then runs it without a deadline. Returns error and event. */
        .globl  measureSignal
measureSignal:
        enter
        mv      s1, a0
        li      a0, 1
        rdinstret s0
        li      a6, THREAD_SIGNAL
        mv      a7, s1
        ecall
        li      a0, -1
        li      a1, 1
        li      a6, THREAD_RUN
        mv      a7, s1
        ecall
        leave

/* measureRuns(first, second): runs one thread, then the other, both without a deadline. Returns error and event of the second. */
        .globl  measureRuns
measureRuns:
        enter
        mv      s1, a0
        mv      s2, a1
        li      a0, -1
        li      a1, 0
        rdinstret s0
        li      a6, THREAD_RUN
        mv      a7, s1
        ecall
        li      a0, -1
        li      a1, 1
        li      a6, THREAD_RUN
        mv      a7, s2
        ecall
        leave

        .section .rodata.programs, "a", @progbits
        .balign 8
programs:
        .dword  serverReturns, programYields, programWaits, programSignals, programLoads, programInterrupts

        .section .bss.readings, "aw", @nobits
        .balign 8
readings:
        .space  4 * 8
