/*
 * Where invocations of a server enter. The kernel gives no stack: the stub takes
 * one from the pool of the badge, calls serverCall, gives it back and returns to
 * the caller. It waits for nothing and holds no lock: with the pool empty, which
 * only threads of the same badge can bring about, it answers that at once.
 */

/* Offsets in ServerPools, and the numbers of the stub's own answers; user/lib/server.ts asserts them. */
        .equ    POOLS_BADGES, 0
        .equ    POOLS_BASE, 8
        .equ    POOLS_STACK_SIZE, 16
        .equ    POOLS_BADGE_SIZE, 24
        .equ    POOLS_FREE, 32
        .equ    REPLY_NO_STACK, 1
        .equ    REPLY_NO_BADGE, 2

/* kernel-src/abi: the operation Return of the calling thread. */
        .equ    OPERATION_RETURN, 32
        .equ    ITSELF, 64

        .section .entry, "ax", @progbits
        .globl  serverEntry
        .type   serverEntry, @function
/* a0 to a3: arguments, a4: badge, a5: token of the thread. Every other register is zero, sp too. */
serverEntry:
        la      t0, serverPools
        ld      t1, POOLS_BADGES(t0)
        li      a6, REPLY_NO_BADGE
        bgeu    a4, t1, 4f
        slli    t1, a4, 3
        add     t1, t1, t0
        addi    t1, t1, POOLS_FREE
        ld      sp, POOLS_BASE(t0)
        ld      t2, POOLS_BADGE_SIZE(t0)
        mul     t2, t2, a4
        add     sp, sp, t2
        ld      t5, POOLS_STACK_SIZE(t0)
        /* t2: stacks that are free; t3: the one that is tried; sp: its end. Each is tried once. */
        ld      t2, 0(t1)
        li      t3, 1
        li      a6, REPLY_NO_STACK
1:      bltu    t2, t3, 4f
        add     sp, sp, t5
        and     t4, t2, t3
        beqz    t4, 2f
        not     t4, t3
        amoand.d.aq t4, t4, (t1)
        and     t4, t4, t3
        bnez    t4, 3f
2:      slli    t3, t3, 1
        j       1b
        /* The stack is this thread's: a Reply at its end, and below what is to be given back. */
3:      addi    sp, sp, -48
        sd      zero, 0(sp)
        sd      zero, 8(sp)
        sd      zero, 16(sp)
        sd      zero, 24(sp)
        sd      t1, 32(sp)
        sd      t3, 40(sp)
        mv      a6, sp
        call    serverCall
        ld      t1, 32(sp)
        ld      t3, 40(sp)
        ld      a0, 0(sp)
        ld      a1, 8(sp)
        ld      a2, 16(sp)
        ld      a3, 24(sp)
        amoor.d.rl zero, t3, (t1)
        j       5f
4:      mv      a0, a6
        li      a1, 0
        li      a2, 0
        li      a3, 0
5:      li      a6, OPERATION_RETURN
        li      a7, ITSELF
        ecall
        /* Return does not come back. */
        ebreak
        .size   serverEntry, . - serverEntry

        .globl  serverEntryAddress
        .type   serverEntryAddress, @function
serverEntryAddress:
        la      a0, serverEntry
        ret
        .size   serverEntryAddress, . - serverEntryAddress
