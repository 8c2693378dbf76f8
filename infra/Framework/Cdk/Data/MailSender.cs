using Amazon.CDK.AWS.SES;
using Constructs;

namespace ServerlessCqrs.Cdk.Data;

/// <summary>
/// The domain of the sender address. SES suppresses addresses that bounce or complain: it sends them no more mail.
/// </summary>
public sealed class MailSender : Construct
{
    public MailSender(Construct scope, DeploymentOptions options)
        : base(scope, "Mail")
    {
        Settings = new ConfigurationSet(this, "Settings", new ConfigurationSetProps
        {
            SuppressionReasons = SuppressionReasons.BOUNCES_AND_COMPLAINTS,
            ReputationMetrics = true,
            TlsPolicy = ConfigurationSetTlsPolicy.REQUIRE,
        });
        Domain = new EmailIdentity(this, "Domain", new EmailIdentityProps
        {
            Identity = Amazon.CDK.AWS.SES.Identity.Domain(options.MailDomain),
            ConfigurationSet = Settings,
            MailFromDomain = $"bounce.{options.MailDomain}",
        });
    }

    public EmailIdentity Domain { get; }

    public ConfigurationSet Settings { get; }
}
