

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0005_escalations'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notification',
            name='kind',
            field=models.CharField(choices=[('assigned', 'Assigned'), ('group', 'Group'), ('replied', 'Replied'), ('answered', 'Answered'), ('mentioned', 'Mentioned'), ('noted', 'Noted'), ('mail_failed', 'Mail Failed'), ('refused', 'Refused'), ('reopened', 'Reopened'), ('merged', 'Merged'), ('webhook', 'Webhook'), ('rule', 'Rule'), ('escalated', 'Escalated'), ('answer', 'Answer'), ('promise', 'Promise')], max_length=12),
        ),
        migrations.AlterField(
            model_name='preference',
            name='kind',
            field=models.CharField(choices=[('assigned', 'Assigned'), ('group', 'Group'), ('replied', 'Replied'), ('answered', 'Answered'), ('mentioned', 'Mentioned'), ('noted', 'Noted'), ('mail_failed', 'Mail Failed'), ('refused', 'Refused'), ('reopened', 'Reopened'), ('merged', 'Merged'), ('webhook', 'Webhook'), ('rule', 'Rule'), ('escalated', 'Escalated'), ('answer', 'Answer'), ('promise', 'Promise')], max_length=12),
        ),
    ]
