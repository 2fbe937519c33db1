// The words of sharing a standing, in Simplified Chinese.
import type { Words } from '../en.ts'

export const sharesWords: Pick<Words, 'shares'> = {
  shares: {
    title: '分享的定位',
    lead: '你的定位只有你自己能看，除非你把它分享出去：分享给你指定的人，到你选定的日期为止。',
    section: '分享给某人',
    sectionLead:
      '对方可以阅读这份定位及其依据，看不到你的其他内容。每次阅读都会出现在“我的隐私”中。你随时可以收回。',
    person: '分享给谁',
    lastDay: '最后一天（含当天）',
    lastDayHint: '最多一年。',
    share: '分享',
    given: '你分享的',
    noneGiven: '你没有分享任何内容。',
    received: '分享给你的',
    noneReceived: '目前没有人把定位分享给你。',
    of: '谁的',
    with: '分享给',
    what: '定位',
    until: '截止',
    state: '状态',
    whatOf: '{framework} {version}，开始于 {date}',
    takeBack: '收回',
    takeBackFrom: '收回 {name} 的阅读权限',
    over: '已到期',
    takenBack: '已收回',
    unnamed: '没有姓名的人',
    readOf: '{name} 的定位',
    readLead: '{name} 把这份定位分享给你，截止 {date}。你的阅读会显示给 {name}。',
    readOnly: '这是自我测评：由 {name} 本人作答。请与本人交流，而不是在背后议论。',
    notThere: '这份定位没有（或不再）分享给你。',
    nobody: '还没有作答：没有可看的内容。',
    all: '你分享的全部内容，以及分享给你的内容',
    local: '这个实例只供一个人使用：没有可以分享的人。',
  },
}
