/*
 * Threads of the component: what they look at is every register, which no
 * compiled code could. Each gets the address of a block of words in a0.
 */
        .option arch, +d
        .equ    ITSELF, 64
        .equ    THREAD_RUN, 25
        .equ    RETURN, 32
        .equ    WAIT, 33
        .equ    YIELD, 34

        .section .text.programs, "ax", @progbits
        .globl  programAt
programAt:
        la      t0, programs
        slli    a0, a0, 3
        add     t0, t0, a0
        ld      a0, 0(t0)
        ret

/* 0: block[0] = every register but sp and a0, ORed; block[1] = sp. Then it returns. */
programZeros:
        or      ra, ra, gp
        or      ra, ra, tp
        .irp    register, t0, t1, t2, s0, s1, a1, a2, a3, a4, a5, a6, a7, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, t3, t4, t5, t6
        or      ra, ra, \register
        .endr
        sd      ra, 0(a0)
        sd      sp, 8(a0)
        li      a6, RETURN
        li      a7, ITSELF
        ecall
        ebreak

/* 1: yields for ever; block[0] counts what was not kept, block[1] the rounds. block[2] = 1: with floating point. */
programKeeps:
        mv      s0, a0
        addi    sp, a0, 11
        addi    gp, a0, 1
        addi    tp, a0, 2
        addi    ra, a0, 3
        .irp    number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
        addi    s\number, a0, 100 + \number
        .endr
        ld      t0, 16(s0)
        beqz    t0, 1f
        .irp    number, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
        addi    t0, s0, 200 + \number
        fmv.d.x f\number, t0
        .endr
        srli    t0, s0, 8
        andi    t0, t0, 31
        fscsr   t0
1:
        li      a6, YIELD
        li      a7, ITSELF
        ecall
        /* What a call does not keep is zero. */
        .irp    register, t0, t1, t2, t3, t4, t5, t6, a1, a2, a3, a4, a5, a6, a7
        or      a0, a0, \register
        .endr
        snez    a0, a0
        .irp    number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
        addi    t0, s0, 100 + \number
        sub     t0, t0, s\number
        snez    t0, t0
        add     a0, a0, t0
        .endr
        addi    t0, s0, 1
        sub     t0, t0, gp
        snez    t0, t0
        add     a0, a0, t0
        addi    t0, s0, 2
        sub     t0, t0, tp
        snez    t0, t0
        add     a0, a0, t0
        addi    t0, s0, 3
        sub     t0, t0, ra
        snez    t0, t0
        add     a0, a0, t0
        addi    t0, s0, 11
        sub     t0, t0, sp
        snez    t0, t0
        add     a0, a0, t0
        ld      t0, 16(s0)
        beqz    t0, 2f
        .irp    number, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
        addi    t0, s0, 200 + \number
        fmv.x.d t1, f\number
        sub     t0, t0, t1
        snez    t0, t0
        add     a0, a0, t0
        .endr
        srli    t0, s0, 8
        andi    t0, t0, 31
        frcsr   t1
        sub     t0, t0, t1
        snez    t0, t0
        add     a0, a0, t0
2:
        ld      t0, 0(s0)
        add     t0, t0, a0
        sd      t0, 0(s0)
        ld      t0, 8(s0)
        addi    t0, t0, 1
        sd      t0, 8(s0)
        j       1b

/* 2 to 7: faults, then yields for ever. Each fault is an instruction of 4 bytes, block[0] the address. */
        .macro  yields
        li      a6, YIELD
        li      a7, ITSELF
        ecall
        j       . - 4
        .endm
        .option push
        .option norvc
programLoad:
        ld      t0, 0(a0)
        ld      s1, 0(t0)
        j       programYields
programStore:
        ld      t0, 0(a0)
        sd      a0, 0(t0)
        j       programYields
programFetch:
        ld      t0, 0(a0)
        jr      t0
programIllegal:
        .word   0xffffffff
        j       programYields
programMisaligned:
        addi    t0, a0, 1
        lr.d    s1, (t0)
        j       programYields
programBreak:
        ebreak
        j       programYields
        .option pop
/* 8: yields for ever. */
programYields:
        li      a6, YIELD
        li      a7, ITSELF
        ecall
        j       programYields

/* 9: counts in block[0] for ever. */
programSpins:
        ld      t0, 0(a0)
        addi    t0, t0, 1
        sd      t0, 0(a0)
        j       programSpins

/* 10: waits for ever; block[0] = the signals, block[1] counts. */
programWaits:
        mv      s0, a0
1:
        li      a6, WAIT
        li      a7, ITSELF
        ecall
        sd      a1, 0(s0)
        ld      t0, 8(s0)
        addi    t0, t0, 1
        sd      t0, 8(s0)
        j       1b

/*
 * 11: a scheduler: runs the thread block[0] with the deadline block[1] and the wake bits block[2]; block[3] = the error,
 * block[4] = the event, block[5] counts. Then it yields, and again.
 */
programRuns:
        mv      s0, a0
1:
        ld      a7, 0(s0)
        ld      a0, 8(s0)
        ld      a1, 16(s0)
        li      a6, THREAD_RUN
        ecall
        sd      a0, 24(s0)
        sd      a1, 32(s0)
        ld      t0, 40(s0)
        addi    t0, t0, 1
        sd      t0, 40(s0)
        li      a6, YIELD
        li      a7, ITSELF
        ecall
        j       1b

/* 12: gives the thread block[0] the signals block[1], block[2] = the error; then it yields, and again. */
programSignals:
        mv      s0, a0
1:
        ld      a7, 0(s0)
        ld      a0, 8(s0)
        li      a6, 26
        ecall
        sd      a0, 16(s0)
        li      a6, YIELD
        li      a7, ITSELF
        ecall
        j       1b

        .section .rodata.programs, "a", @progbits
        .balign 8
programs:
        .dword  programZeros, programKeeps, programLoad, programStore, programFetch, programIllegal
        .dword  programMisaligned, programBreak, programYields, programSpins, programWaits, programRuns, programSignals

        .section .text.timeNow, "ax", @progbits
        .globl  timeNow
timeNow:
        rdtime  a0
        ret
