"""The data-sharing terms the installation proposes to every two firms; a changed text is a new version for all who have not accepted."""

from hashlib import sha256

STANDARD_TEXT = """\
数据共享条款（标准文本）

一、范围。本条款适用于双方经本平台相互提供的订单、答复、发货与收货、资料、库存与产出、产能、价格及供应关系等数据。
二、用途。接收方仅为履行双方交易及为此进行计划、质量与风险管理而使用所得数据，不得用于其他目的，也不得借第三方与提供方竞争。
三、最小提供。提供方只提供其授权的内容；未授权的内容视为不存在。专为接收方划定的数字不得用于推算提供方的总量或其他合作方的数字。
四、不得转交。未经提供方事先书面同意，接收方不得向任何第三方披露所得数据，依法应予提供的除外，此时应事先通知提供方。
五、代号。接收方不得试图识别以代号出现的企业。
六、期限与撤回。每项授权均有截止日，提供方可随时撤回；撤回即时生效。撤回前依约使用的结果不受影响。
七、留痕。平台记录何单位何角色在何项授权下查看或导出了数据，提供方可查阅，保存不少于两年。
八、归属。数据的权利仍属提供方。共享数据不构成任何知识产权许可。
九、终止。任何一方可提出新文本；新文本自生效日起，双方均接受之前不开始新的往来，已生效的往来继续履行完毕。
十、适用法律。适用中华人民共和国法律，包括《数据安全法》《个人信息保护法》。中英文不一致时以中文为准。

Data-sharing terms (standard text)

1. Scope. These terms cover all data the two firms give each other through this platform: orders, answers, despatches and receipts, documents, stock and output, capacity, prices and supply links.
2. Purpose. The receiver uses what it is given only to perform the parties' trade and to plan and to manage quality and risk for it, and not to compete through a third party.
3. No more than granted. The provider gives what it grants; what it does not grant is taken not to exist. Figures set apart for the receiver are not used to derive the provider's totals or the figures of others.
4. No passing on. The receiver discloses nothing to any third party without the provider's prior written consent, save where the law requires it, of which the provider is told beforehand.
5. Aliases. The receiver does not try to find out who a firm shown under an alias is.
6. Term and revocation. Every grant has a last day and may be revoked at any time with immediate effect. What was done under it before stays lawful.
7. Traces. The platform records which role of which firm read or exported what under which grant; the provider may read this for at least two years.
8. Ownership. Rights in the data stay with the provider. Sharing licenses no intellectual property.
9. Ending. Either firm may propose a new text; from its effective day nothing new is begun until both have accepted it, while what is under way is completed.
10. Law. The law of the People's Republic of China applies, including the Data Security Law and the Personal Information Protection Law. The Chinese text prevails.
"""
STANDARD_SHA256 = sha256(STANDARD_TEXT.encode()).hexdigest()
