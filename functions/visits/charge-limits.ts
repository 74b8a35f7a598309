/** Lines of one message; hospitals send at most 100 to 300 a call today (domain.md section 5). */
export const MAX_LINES = 500;
