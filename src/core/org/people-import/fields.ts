// What a column of a people file can mean, and how its heading tells: in English and Chinese.

export const PEOPLE_FIELDS = [
  'id',
  'name',
  'givenName',
  'familyName',
  'email',
  'manager',
  'dotted',
  'division',
  'department',
  'team',
  'productLines',
  'position',
  'title',
  'role',
  'grade',
  'start',
  'lastDay',
] as const
export type PeopleField = (typeof PEOPLE_FIELDS)[number]

/** For each field the index of its column, from 0; a field without a column is not in the file. */
export type PeopleMapping = { readonly [F in PeopleField]?: number }

const HEADINGS: Record<PeopleField, readonly string[]> = {
  id: [
    ...['id', 'employeeid', 'employeenumber', 'employeeno', 'empid', 'personid', 'personnelnumber'],
    ...[
      'staffid',
      'workerid',
      'externalid',
      'userid',
      'number',
      '工号',
      '员工编号',
      '员工号',
      '人员编号',
      '编号',
    ],
    ...['职工号', '员工id', '人员id'],
  ],
  name: [
    ...['name', 'fullname', 'displayname', 'employeename', 'employee', 'person', 'worker', 'preferredname'],
    ...['姓名', '名字', '员工姓名', '员工', '人员', '中文名'],
  ],
  givenName: ['givenname', 'firstname', 'forename', '名'],
  familyName: ['familyname', 'lastname', 'surname', '姓', '姓氏'],
  email: [
    ...['email', 'mail', 'emailaddress', 'workemail', 'companyemail', 'useremail', 'username'],
    ...['邮箱', '电子邮件', '电子邮箱', '邮件', '工作邮箱', '公司邮箱', '企业邮箱'],
  ],
  manager: [
    ...['manager', 'managerid', 'linemanager', 'directmanager', 'reportsto', 'supervisor', 'supervisorid'],
    ...['manageremail', 'boss', 'linemanagerid', 'managernumber', 'manageremployeeid', 'supervisoremail'],
    ...[
      '上级',
      '直属上级',
      '直接上级',
      '汇报对象',
      '汇报给',
      '上级工号',
      '直属上级工号',
      '经理',
      '直属经理',
      '主管',
      '经理工号',
    ],
    ...['直接上级工号', '汇报上级', '主管工号'],
  ],
  dotted: [
    ...['dottedline', 'dottedlinemanager', 'dottedmanager', 'dotted', 'secondmanager', 'functionalmanager'],
    ...['matrixmanager', '虚线', '虚线上级', '虚线汇报', '职能上级', '虚线经理'],
  ],
  division: ['division', 'businessunit', 'bu', 'costcentrearea', '事业部', '事业群', '一级部门', '中心'],
  department: [
    'department',
    'dept',
    'orgunit',
    'organizationunit',
    'organisation',
    'organization',
    '部门',
    '二级部门',
  ],
  team: ['team', 'group', 'squad', 'unit', 'teamname', '团队', '小组', '组', '班组', '三级部门'],
  productLines: [
    ...[
      'productline',
      'productlines',
      'product',
      'products',
      'tribe',
      'project',
      '产品线',
      '产品',
      '业务线',
      '项目',
    ],
  ],
  position: ['position', 'positionid', 'positionnumber', 'seat', '岗位编号', '职位编号', '岗位id'],
  title: [
    ...[
      'title',
      'jobtitle',
      'positiontitle',
      'job',
      'jobname',
      '职位',
      '职务',
      '岗位',
      '头衔',
      '职称',
      '岗位名称',
      '职位名称',
    ],
  ],
  role: [
    'role',
    'roleid',
    'careerrole',
    'ladderrole',
    'frameworkrole',
    'rung',
    '角色',
    '职业角色',
    '发展角色',
  ],
  grade: ['grade', 'level', 'joblevel', 'band', 'jobgrade', '职级', '级别', '等级', '岗级', '薪级'],
  start: [
    ...[
      'start',
      'startdate',
      'hiredate',
      'hired',
      'joined',
      'joindate',
      'dateofjoining',
      'datehired',
      'joiningdate',
    ],
    ...['firstday', 'employmentstart', '入职日期', '入职时间', '入职', '入职日', '参加工作日期'],
  ],
  lastDay: [
    ...['lastday', 'enddate', 'leavedate', 'terminationdate', 'lastworkingday', 'left', 'end', 'leavingdate'],
    ...['employmentend', '离职日期', '离职时间', '离职', '最后工作日', '离职日'],
  ],
}

const FIELD_OF = new Map(
  PEOPLE_FIELDS.flatMap((field) => HEADINGS[field].map((heading) => [heading, field] as const)),
)

/** A heading without case, spaces and signs: `Employee-ID *` is `employeeid`. */
const plain = (heading: string) =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\(.*?\)|（.*?）/g, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** The mapping that the headings tell. A field is given to the first column that names it; the rest stay unmapped. */
export function detectMapping(headings: readonly string[]): PeopleMapping {
  const mapping: { [F in PeopleField]?: number } = {}
  headings.forEach((heading, column) => {
    const field = FIELD_OF.get(plain(heading))
    if (field !== undefined) mapping[field] ??= column
  })
  return mapping
}
