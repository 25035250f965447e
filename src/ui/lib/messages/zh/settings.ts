import type { settingsMessages as en } from '../en/settings.ts';

export const settingsMessages: typeof en = {
  title: '设置',
  look: {
    title: '语言与外观',
    language: '语言',
    system: '跟随浏览器',
    restart: '重新加载页面后，编辑器菜单才会切换语言。',
    theme: '主题',
    themes: { system: '跟随系统', light: '浅色', dark: '深色' },
    density: '布局密度',
    densities: { compact: '紧凑', comfortable: '宽松' },
    editorSize: '编辑器字号',
    sizeByDensity: '跟随布局密度',
    pixels: (size) => `${size} 像素`,
  },
  storage: {
    title: '存储',
    used: (used, quota, isPersisted) =>
      `已用 ${used}，共 ${quota}。${isPersisted ? '浏览器已承诺不会清除。' : '浏览器可能会清除这些数据。'}`,
    persist: '申请持久保存',
  },
  keys: '更改保存位置',
  engine: {
    title: '引擎',
    about: '每个工作区都是一个会话，各有自己的设置，用 SET 更改。',
    show: '查看设置',
    worksheet: '设置',
  },
};
