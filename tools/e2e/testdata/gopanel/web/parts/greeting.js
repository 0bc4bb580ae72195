export const greeting = (who) => `${who} runs in a panel.`;
