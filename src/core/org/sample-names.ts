// Invented people of the sample organisation: given and family names in both scripts, joined at random.

const GIVEN = [
  ...[
    'Ada',
    'Amara',
    'Anders',
    'Beatriz',
    'Carmen',
    'Chidi',
    'Clara',
    'Daniel',
    'Dina',
    'Elena',
    'Emeka',
    'Erik',
  ],
  ...[
    'Farah',
    'Felix',
    'Gabriela',
    'Hanna',
    'Hugo',
    'Ines',
    'Ivan',
    'Jana',
    'Jonas',
    'Julia',
    'Kofi',
    'Lars',
    'Leila',
  ],
  ...[
    'Lucia',
    'Marek',
    'Marta',
    'Milan',
    'Mina',
    'Nadia',
    'Nils',
    'Noor',
    'Olga',
    'Omar',
    'Paula',
    'Pavel',
    'Priya',
  ],
  ...['Rafael', 'Rosa', 'Samir', 'Sara', 'Sofia', 'Tariq', 'Teresa', 'Tomas', 'Vera', 'Yara', 'Yusuf', 'Zoe'],
]
const FAMILY = [
  ...[
    'Abara',
    'Almqvist',
    'Barros',
    'Becker',
    'Castell',
    'Dahl',
    'Demir',
    'Duarte',
    'Eklund',
    'Farkas',
    'Ferrand',
  ],
  ...[
    'Gallo',
    'Haddad',
    'Halloran',
    'Holm',
    'Ibarra',
    'Jansky',
    'Kamara',
    'Keller',
    'Kowal',
    'Lindgren',
    'Marchetti',
  ],
  ...[
    'Mensah',
    'Moreau',
    'Nakamura',
    'Novak',
    'Okafor',
    'Oliveira',
    'Petrov',
    'Quiroga',
    'Rahman',
    'Reyes',
    'Rossi',
  ],
  ...[
    'Sandberg',
    'Sato',
    'Sharma',
    'Silva',
    'Stein',
    'Tamm',
    'Torres',
    'Ueda',
    'Varga',
    'Vogel',
    'Weiss',
    'Yilmaz',
  ],
]
const HAN_FAMILY = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕']
const HAN_GIVEN = [
  ...[
    '雨桐',
    '子涵',
    '浩然',
    '思远',
    '欣怡',
    '宇轩',
    '静怡',
    '明哲',
    '晓峰',
    '雪晴',
    '嘉怡',
    '文博',
    '若溪',
    '俊杰',
    '婉清',
  ],
  ...[
    '志远',
    '梓萱',
    '建国',
    '海燕',
    '晨曦',
    '一鸣',
    '佳宁',
    '天宇',
    '慧敏',
    '凯文',
    '书瑶',
    '振华',
    '丽娟',
    '永强',
    '安琪',
  ],
]

export interface InventedName {
  readonly name: string
  /** For an address: letters of a to z alone. */
  readonly mailbox: string
}

const plain = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')

/** A name from `random`; two in five are written in Han characters, with a mailbox made of the number. */
export function inventName(random: () => number, number: number): InventedName {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!
  if (random() < 0.4) return { name: pick(HAN_FAMILY) + pick(HAN_GIVEN), mailbox: `p${number}` }
  const [given, family] = [pick(GIVEN), pick(FAMILY)]
  return { name: `${given} ${family}`, mailbox: `${plain(given)}.${plain(family)}${number}` }
}
