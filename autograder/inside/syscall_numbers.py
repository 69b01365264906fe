"""Numbers of system calls, by name: on x86_64, on aarch64, "-" where there is none.

Those that the seal's filter speaks of, from the kernel's arch/x86/entry/syscalls/syscall_64.tbl
and include/uapi/asm-generic/unistd.h; a test compares them with the headers of the machine.
"""

_TABLE = """
read 0 63 | write 1 64 | readv 19 65 | writev 20 66 | pread64 17 67 | pwrite64 18 68 |
preadv 295 69 | pwritev 296 70 | preadv2 327 286 | pwritev2 328 287 | open 2 - |
openat 257 56 | close 3 57 | close_range 436 436 | stat 4 - | fstat 5 80 | lstat 6 - |
newfstatat 262 79 | statx 332 291 | lseek 8 62 | access 21 - | faccessat 269 48 |
faccessat2 439 439 | readlink 89 - | readlinkat 267 78 | getdents 78 - | getdents64 217 61 |
mkdir 83 - | mkdirat 258 34 | rmdir 84 - | unlink 87 - | unlinkat 263 35 | rename 82 - |
renameat 264 38 | renameat2 316 276 | link 86 - | linkat 265 37 | symlink 88 - |
symlinkat 266 36 | chmod 90 - | fchmod 91 52 | fchmodat 268 53 | utime 132 - | utimes 235 - |
futimesat 261 - | utimensat 280 88 | truncate 76 45 | ftruncate 77 46 | fallocate 285 47 |
umask 95 166 | getcwd 79 17 | chdir 80 49 | fchdir 81 50 | dup 32 23 | dup2 33 - |
dup3 292 24 | fcntl 72 25 | ioctl 16 29 | flock 73 32 | fsync 74 82 | fdatasync 75 83 |
sendfile 40 71 | copy_file_range 326 285 | statfs 137 43 | fstatfs 138 44 | fadvise64 221 223 |
listxattr 194 11 | llistxattr 195 12 | flistxattr 196 13 | getxattr 191 8 | lgetxattr 192 9 |
fgetxattr 193 10 | pipe 22 - | pipe2 293 59 | poll 7 - | ppoll 271 73 | select 23 - |
pselect6 270 72 | epoll_create 213 - | epoll_create1 291 20 | epoll_ctl 233 21 |
epoll_wait 232 - | epoll_pwait 281 22 | eventfd 284 - | eventfd2 290 19 | mmap 9 222 |
munmap 11 215 | mremap 25 216 | mprotect 10 226 | madvise 28 233 | brk 12 214 | msync 26 227 |
mincore 27 232 | clone 56 220 | clone3 435 435 | fork 57 - | vfork 58 - | execve 59 221 |
execveat 322 281 | futex 202 98 | set_robust_list 273 99 | get_robust_list 274 100 |
set_tid_address 218 96 | rseq 334 293 | gettid 186 178 | sched_yield 24 124 |
sched_getaffinity 204 123 | getcpu 309 168 | membarrier 324 283 | exit 60 93 |
exit_group 231 94 | arch_prctl 158 - | prctl 157 167 | restart_syscall 219 128 |
rt_sigaction 13 134 | rt_sigprocmask 14 135 | rt_sigreturn 15 139 | rt_sigpending 127 136 |
rt_sigtimedwait 128 137 | rt_sigsuspend 130 133 | sigaltstack 131 132 | kill 62 129 |
tkill 200 130 | tgkill 234 131 | pause 34 - | alarm 37 - | setitimer 38 103 |
getitimer 36 102 | nanosleep 35 101 | clock_nanosleep 230 115 | clock_gettime 228 113 |
clock_getres 229 114 | gettimeofday 96 169 | time 201 - | times 100 153 | getrusage 98 165 |
sysinfo 99 179 | uname 63 160 | getpid 39 172 | getppid 110 173 | getuid 102 174 |
geteuid 107 175 | getgid 104 176 | getegid 108 177 | getresuid 118 148 | getresgid 120 150 |
getgroups 115 158 | getpgrp 111 - | getpgid 121 155 | getsid 124 156 | capget 125 90 |
getrlimit 97 163 | prlimit64 302 261 | getpriority 140 141 | getrandom 318 278 |
socketpair 53 199 | sendto 44 206 | recvfrom 45 207 | shutdown 48 210 | getsockname 51 204 |
getpeername 52 205 | getsockopt 55 209 | wait4 61 260 | waitid 247 95 | socket 41 198 |
bind 49 200 | connect 42 203 | listen 50 201 | accept 43 202 | accept4 288 242 |
sendmsg 46 211 | recvmsg 47 212 | sendmmsg 307 269 | recvmmsg 299 243 | setsockopt 54 208 |
setsid 112 157 | setpgid 109 154 | setuid 105 146 | setgid 106 144 | setreuid 113 145 |
setregid 114 143 | setresuid 117 147 | setresgid 119 149 | setgroups 116 159 |
setfsuid 122 151 | setfsgid 123 152 | capset 126 91 | setrlimit 160 164 | setpriority 141 140 |
sched_setaffinity 203 122 | sched_setscheduler 144 119 | sched_setparam 142 118 |
sched_setattr 314 274 | ptrace 101 117 | process_vm_readv 310 270 | process_vm_writev 311 271 |
pidfd_open 434 434 | pidfd_getfd 438 438 | pidfd_send_signal 424 424 | kcmp 312 272 |
rt_sigqueueinfo 129 138 | rt_tgsigqueueinfo 297 240 | mount 165 40 | umount2 166 39 |
pivot_root 155 41 | chroot 161 51 | unshare 272 97 | setns 308 268 | mknod 133 - |
mknodat 259 33 | chown 92 - | fchown 93 55 | lchown 94 - | fchownat 260 54 | setxattr 188 5 |
lsetxattr 189 6 | fsetxattr 190 7 | io_uring_setup 425 425 | io_uring_enter 426 426 |
io_uring_register 427 427 | bpf 321 280 | perf_event_open 298 241 | keyctl 250 219 |
add_key 248 217 | request_key 249 218 | userfaultfd 323 282 | memfd_create 319 279 |
memfd_secret 447 447 | seccomp 317 277 | landlock_create_ruleset 444 444 |
landlock_add_rule 445 445 | landlock_restrict_self 446 446 | personality 135 92 |
name_to_handle_at 303 264 | open_by_handle_at 304 265 | shmget 29 194 | shmat 30 196 |
shmctl 31 195 | semget 64 190 | msgget 68 186 | mq_open 240 180 | inotify_init 253 - |
inotify_init1 294 26 | fanotify_init 300 262 | signalfd4 289 74 | timerfd_create 283 85 |
reboot 169 142 | sethostname 170 161 | setdomainname 171 162 | swapon 167 224 |
swapoff 168 225 | acct 163 89 | quotactl 179 60 | syslog 103 116 | init_module 175 105 |
finit_module 313 273 | delete_module 176 106 | kexec_load 246 104 | clock_settime 227 112 |
settimeofday 164 170 | adjtimex 159 171 | iopl 172 - | ioperm 173 - | vmsplice 278 75 |
splice 275 76 | tee 276 77 | mlock 149 228 | mlock2 325 284 | mlockall 151 230 |
process_madvise 440 440 | mbind 237 235 | move_pages 279 239 | migrate_pages 256 238 |
open_tree 428 428 | move_mount 429 429 | fsopen 430 430 | fsmount 432 432 | fspick 433 433 |
mount_setattr 442 442
"""

ARCHITECTURES = ("x86_64", "aarch64")


def _column(place):
    rows = [row.split() for row in _TABLE.replace("\n", "|").split("|") if row.strip()]
    return {row[0]: int(row[place]) for row in rows if row[place] != "-"}


NUMBERS = {name: _column(place) for place, name in enumerate(ARCHITECTURES, start=1)}
