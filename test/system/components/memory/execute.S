/* What a component cannot say in TypeScript: go to an address. */

        .section .text.executeAt, "ax", @progbits
        .globl  executeAt
        .type   executeAt, @function
/*
 * executeAt(address): calls the code at an address, which returns in a0. What
 * was written there is code from now on: fence.i orders the stores of this hart
 * before its fetches (RISC-V unprivileged specification, Zifencei).
 */
executeAt:
        fence.i
        jr      a0
        .size   executeAt, . - executeAt
