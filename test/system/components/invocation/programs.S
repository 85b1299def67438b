/*
 * Entry points of servers, which begin without a stack, and threads that call
 * them. `seen` is in the data of the image, which every server shares.
 */
        .option arch, +d
        .equ    ITSELF, 64
        .equ    COMPONENT_RETIRE, 23
        .equ    THREAD_RUN, 25
        .equ    CALL, 31
        .equ    RETURN, 32
        .equ    YIELD, 34

        .section .text.programs, "ax", @progbits
        .globl  programAt
programAt:
        la      t0, programs
        slli    a0, a0, 3
        add     t0, t0, a0
        ld      a0, 0(t0)
        ret

        .macro  return_now
        li      a6, RETURN
        li      a7, ITSELF
        ecall
        ebreak
        .endm

/*
 * 0: seen[0] = every register that is no argument, ORed, seen[1] to seen[6] = a0 to a5, seen[7] = the floating-point
 * registers, ORed. Leaves something in every register, and returns a0 + 1, a1 + 2, a2 + 3, a3 + 4.
 */
serverTells:
        or      ra, ra, sp
        or      ra, ra, gp
        or      ra, ra, tp
        .irp    register, t0, t1, t2, s0, s1, a6, a7, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, t3, t4, t5, t6
        or      ra, ra, \register
        .endr
        la      t0, seen
        sd      ra, 0(t0)
        sd      a0, 8(t0)
        sd      a1, 16(t0)
        sd      a2, 24(t0)
        sd      a3, 32(t0)
        sd      a4, 40(t0)
        sd      a5, 48(t0)
        frcsr   t1
        .irp    number, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
        fmv.x.d t2, f\number
        or      t1, t1, t2
        fmv.d.x f\number, t0
        .endr
        sd      t1, 56(t0)
        .irp    register, ra, sp, gp, tp, t0, t1, t2, s0, s1, a4, a5, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, t3, t4, t5, t6
        li      \register, -1
        .endr
        addi    a0, a0, 1
        addi    a1, a1, 2
        addi    a2, a2, 3
        addi    a3, a3, 4
        return_now

/* 1: faults. */
serverFaults:
        li      s1, 0x5ec7e7
        ld      a0, 0(zero)

/* 2: never returns. */
serverSpins:
        li      s1, 0x5ec7e7
        j       serverSpins + 4

/* 3: calls what is in slot 0 of its own table with a0 + 1. Returns what that returned; if it failed, a0, the error and the detail. */
serverNests:
        mv      s0, a0
        addi    a0, a0, 1
        li      a6, CALL
        li      a7, 0
        ecall
        bnez    a0, 1f
        mv      a0, a1
        mv      a1, a2
        mv      a2, a3
        return_now
1:
        mv      a2, a1
        mv      a1, a0
        mv      a0, s0
        return_now

/* 4: retires the component in slot a0 of its own table; returns the error. */
serverRetires:
        mv      a7, a0
        li      a6, COMPONENT_RETIRE
        ecall
        return_now

/*
 * 5: a thread: calls block[2] for ever; block[0] counts what was not kept or not as expected, block[1] the rounds,
 * block[3] is the last error. After each call it yields.
 */
programCalls:
        mv      s0, a0
        addi    sp, a0, 11
        addi    gp, a0, 1
        addi    tp, a0, 2
        addi    ra, a0, 3
        .irp    number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
        addi    s\number, a0, 100 + \number
        .endr
1:
        fmv.d.x f7, s0
        addi    a0, s0, 21
        addi    a1, s0, 22
        addi    a2, s0, 23
        addi    a3, s0, 24
        li      a6, CALL
        ld      a7, 16(s0)
        ecall
        sd      a0, 24(s0)
        bnez    a0, 2f
        addi    t1, s0, 22
        sub     a1, a1, t1
        addi    t1, s0, 24
        sub     a2, a2, t1
        addi    t1, s0, 26
        sub     a3, a3, t1
        addi    t1, s0, 28
        sub     a4, a4, t1
        li      t1, 0
2:
        .irp    register, a1, a2, a3, a4, a5, a6, a7, t0, t1, t2, t3, t4, t5, t6
        or      a0, a0, \register
        .endr
        ld      t0, 24(s0)
        sub     a0, a0, t0
        fmv.x.d t0, f7
        or      a0, a0, t0
        .irp    number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
        addi    t0, s0, 100 + \number
        sub     t0, t0, s\number
        or      a0, a0, t0
        .endr
        addi    t0, s0, 1
        sub     t0, t0, gp
        or      a0, a0, t0
        addi    t0, s0, 2
        sub     t0, t0, tp
        or      a0, a0, t0
        addi    t0, s0, 3
        sub     t0, t0, ra
        or      a0, a0, t0
        addi    t0, s0, 11
        sub     t0, t0, sp
        or      a0, a0, t0
        snez    a0, a0
        ld      t0, 0(s0)
        add     t0, t0, a0
        sd      t0, 0(s0)
        ld      t0, 8(s0)
        addi    t0, t0, 1
        sd      t0, 8(s0)
        li      a6, YIELD
        li      a7, ITSELF
        ecall
        j       1b

/* 6: yields for ever. */
programYields:
        li      a6, YIELD
        li      a7, ITSELF
        ecall
        j       programYields

/* 8: a scheduler: runs the thread in slot block[0] without a deadline; block[3] = the error, block[4] = the event. Then it yields, and again. */
programSchedules:
        mv      s0, a0
1:
        ld      a7, 0(s0)
        li      a0, -1
        li      a1, 0
        li      a6, THREAD_RUN
        ecall
        sd      a0, 24(s0)
        sd      a1, 32(s0)
        li      a6, YIELD
        li      a7, ITSELF
        ecall
        j       1b

/* 9: retires the component in slot block[0]; block[3] = the error. Then it yields for ever. */
programKills:
        mv      s0, a0
        ld      a7, 0(s0)
        li      a6, COMPONENT_RETIRE
        ecall
        sd      a0, 24(s0)
        j       programYields

        .section .text.timeNow, "ax", @progbits
        .globl  timeNow
timeNow:
        rdtime  a0
        ret

        .section .rodata.programs, "a", @progbits
        .balign 8
programs:
        .dword  serverTells, serverFaults, serverSpins, serverNests, serverRetires, programCalls, programYields, seen
        .dword  programSchedules, programKills

        .section .bss.seen, "aw", @nobits
        .balign 8
seen:
        .space  64
