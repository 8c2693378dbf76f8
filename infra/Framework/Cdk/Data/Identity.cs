using Amazon.CDK;
using Amazon.CDK.AWS.Cognito;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Data;

/// <summary>
/// A user pool with the system's groups. Access tokens contain the e-mail address. A user in none of the groups gets
/// the default group in the token.
/// </summary>
public sealed class Identity : Construct
{
    public Identity(Construct scope, SystemTopology system, DeploymentOptions options)
        : base(scope, "Identity")
    {
        Users = new UserPool(this, "Pool", new UserPoolProps
        {
            SelfSignUpEnabled = true,
            SignInAliases = new SignInAliases { Email = true },
            AutoVerify = new AutoVerifiedAttrs { Email = true },
            // A changed address replaces the old one only after its verification, because mails go there.
            KeepOriginal = new KeepOriginalAttrs { Email = true },
            PasswordPolicy = new PasswordPolicy { MinLength = 12, RequireDigits = true, RequireLowercase = true, RequireUppercase = true, RequireSymbols = true },
            Mfa = Mfa.OPTIONAL,
            MfaSecondFactor = new MfaSecondFactor { Otp = true, Sms = false },
            AccountRecovery = AccountRecovery.EMAIL_ONLY,
            DeletionProtection = options.IsProduction,
            RemovalPolicy = options.DataRemoval(),
        });
        // Access tokens with custom claims need the tier Essentials, which has no constant in this version of the CDK.
        ((CfnUserPool)Users.Node.DefaultChild!).AddPropertyOverride("UserPoolTier", "ESSENTIALS");
        var claims = new InlineFunction(this, "EmailClaim", EmbeddedText.Read("EmailClaim.js", system), new Dictionary<string, string>(), options);
        Users.AddTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, claims.Function, LambdaVersion.V2_0);
        foreach (var group in system.Groups.Names) new CfnUserPoolGroup(this, group, new CfnUserPoolGroupProps { UserPoolId = Users.UserPoolId, GroupName = group });

        Client = Users.AddClient(system.Title, new UserPoolClientOptions
        {
            // Outside production, the AWS CLI can get a token with the account's credentials. It does not support SRP.
            AuthFlows = new AuthFlow { UserSrp = true, AdminUserPassword = !options.IsProduction },
            DisableOAuth = true,
            PreventUserExistenceErrors = true,
            EnableTokenRevocation = true,
            // The API cannot revoke a token, so tokens are short-lived.
            AccessTokenValidity = Duration.Minutes(15),
            IdTokenValidity = Duration.Minutes(15),
            RefreshTokenValidity = Duration.Days(30),
        });
    }

    /// <summary>
    /// Makes Cognito send its mails through SES. Its own sender sends at most 50 mails a day (Cognito Developer Guide,
    /// "Email settings for Amazon Cognito user pools"). Cognito refuses an identity that is not verified yet
    /// (aws-cdk#18964), and SES in its sandbox refuses addresses that are not verified. The identity is in the same
    /// region and account, so Cognito's own service-linked role may send as it.
    /// </summary>
    public void SendMailsBy(MailSender sender, DeploymentOptions options)
    {
        ((CfnUserPool)Users.Node.DefaultChild!).EmailConfiguration = new CfnUserPool.EmailConfigurationProperty
        {
            EmailSendingAccount = "DEVELOPER",
            SourceArn = Stack.Of(this).FormatArn(new ArnComponents { Service = "ses", Resource = "identity", ResourceName = options.MailDomain }),
            From = options.MailFrom,
            ConfigurationSet = sender.Settings.ConfigurationSetName,
        };
        Users.Node.AddDependency(sender.Domain);
    }

    public UserPool Users { get; }

    public UserPoolClient Client { get; }

    public string Issuer => $"https://cognito-idp.{Stack.Of(this).Region}.amazonaws.com/{Users.UserPoolId}";
}
