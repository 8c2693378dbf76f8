using Amazon.CDK;
using Amazon.CDK.AWS.Cognito;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Data;

/// <summary>
/// Who may do what: a user pool with the system's groups. Access tokens carry the e-mail address, and the default
/// group where the user is in none of them.
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
            // A changed address counts once it is proven: mails go there.
            KeepOriginal = new KeepOriginalAttrs { Email = true },
            PasswordPolicy = new PasswordPolicy { MinLength = 12, RequireDigits = true, RequireLowercase = true, RequireUppercase = true, RequireSymbols = true },
            Mfa = Mfa.OPTIONAL,
            MfaSecondFactor = new MfaSecondFactor { Otp = true, Sms = false },
            AccountRecovery = AccountRecovery.EMAIL_ONLY,
            DeletionProtection = options.IsProduction,
            RemovalPolicy = options.DataRemoval(),
        });
        // Access tokens with claims of our own need the tier Essentials, which this version of the CDK does not name yet.
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
            // A token cannot be taken back at the API: it must end soon by itself.
            AccessTokenValidity = Duration.Minutes(15),
            IdTokenValidity = Duration.Minutes(15),
            RefreshTokenValidity = Duration.Days(30),
        });
    }

    /// <summary>
    /// Has Cognito send its mails through SES, instead of its own sender with 50 mails a day (Cognito Developer Guide,
    /// "Email settings for Amazon Cognito user pools"). Cognito refuses an identity that is not verified yet
    /// (aws-cdk#18964), and SES in its sandbox refuses addresses that are not verified. The identity is of the same
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
