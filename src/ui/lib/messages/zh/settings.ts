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
    sizeBySystem: '跟随布局密度',
    pixels: (size) => `${size} 像素`,
  },
  storage: {
    title: '存储',
    used: (used, quota) => `在此浏览器中已用 ${used}，共 ${quota}。`,
    starting: '引擎正在启动。',
  },
  engine: {
    title: '引擎',
    about: (version) => `Boathouse ${version}。引擎设置通过 SQL 查看和修改。`,
    show: '查看会话设置',
    worksheet: '会话设置',
    vault: '连接的密钥',
    vaultAction: '选择密钥保存位置',
  },
};
