/** An item to import or to preview, of the demo district. */
export const exampleItems = {
  items: [
    {
      itemCode: "M-0105",
      name: "弹力绷带",
      kind: "MATERIAL",
      unit: "卷",
      periods: [
        {
          from: "2024-01-01",
          to: null,
          medical: true,
          rehabilitation: true,
          restricted: false,
          caps: { "1": "13.80", "2": "13.80", "3": "13.80" },
        },
      ],
    },
  ],
};
