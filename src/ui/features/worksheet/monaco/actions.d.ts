/** Monaco has no types for its menus. */
declare module 'monaco-editor/platform/actions/common/actions' {
  interface MenuCommand {
    readonly id: string;
    title: string | { readonly value: string; readonly original: string };
  }
  export const MenuId: { readonly EditorContext: object };
  export const MenuRegistry: {
    /** A submenu has no command. */
    getMenuItems(menu: object): readonly { readonly command?: MenuCommand }[];
  };
}
