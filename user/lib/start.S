/*
 * Where a component begins, and the two functions that cannot be TypeScript.
 * Follows the RISC-V calling convention (psABI, LP64).
 */

/* Offsets in BootInfo (kernel-src/abi/boot-info.ts); user/lib/invoke.ts asserts them. */
        .equ    BOOT_INFO_STACK, 56
        .equ    BOOT_INFO_STACK_SIZE, 64

        .section .text.start, "ax", @progbits
        .globl  start
        .type   start, @function
/* a0: address of the BootInfo. Every other register is zero; the stack is where the BootInfo says. */
start:
        ld      t0, BOOT_INFO_STACK(a0)
        ld      t1, BOOT_INFO_STACK_SIZE(a0)
        add     sp, t0, t1
        call    componentMain
        /* A component that has nothing more to do has no place to return to. */
        ebreak
        .size   start, . - start

        .section .text.invoke, "ax", @progbits
        .globl  invoke
        .type   invoke, @function
/* a0 to a5: arguments, a6: operation, a7: capability. Returns error and value in a0 and a1. */
invoke:
        ecall
        ret
        .size   invoke, . - invoke

        .section .text.invokeResults, "ax", @progbits
        .globl  invokeResults
        .type   invokeResults, @function
/* As invoke; the ninth argument, on the stack, is where a2 to a5 go. */
invokeResults:
        ecall
        ld      t0, 0(sp)
        sd      a2, 0(t0)
        sd      a3, 8(t0)
        sd      a4, 16(t0)
        sd      a5, 24(t0)
        ret
        .size   invokeResults, . - invokeResults

        .section .text.harmonyTrap, "ax", @progbits
        .globl  harmonyTrap
        .type   harmonyTrap, @function
/* A check failed; a0 and a1: address and length of its site. Whoever runs the thread is told by a breakpoint. */
harmonyTrap:
        ebreak
        j       harmonyTrap
        .size   harmonyTrap, . - harmonyTrap
