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
    private string? _signIn;

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

        // Cognito needs the page's URL, and CloudFront has one only after the first deployment.
        var callback = system.Page is { } page && options.SignInFrom is { } url ? url + page.SignedIn : null;
        Client = Users.AddClient(system.Title, new UserPoolClientOptions
        {
            // Outside production, the AWS CLI can get a token with the account's credentials. It does not support SRP.
            AuthFlows = new AuthFlow { UserSrp = true, AdminUserPassword = !options.IsProduction },
            DisableOAuth = callback is null,
            OAuth = callback is null ? null : new OAuthSettings
            {
                Flows = new OAuthFlows { AuthorizationCodeGrant = true },
                Scopes = [OAuthScope.OPENID, OAuthScope.EMAIL],
                CallbackUrls = [callback],
                LogoutUrls = [$"{options.SignInFrom}/"],
            },
            PreventUserExistenceErrors = true,
            EnableTokenRevocation = true,
            // The API cannot revoke a token, so tokens are short-lived.
            AccessTokenValidity = Duration.Minutes(15),
            IdTokenValidity = Duration.Minutes(15),
            RefreshTokenValidity = Duration.Days(30),
        });
        if (callback is not null) AddSignInPage(system, options);
    }

    /// <summary>The origins that the page calls: the issuer, for its discovery, and the sign-in page, for tokens.</summary>
    public IEnumerable<string> Origins => new[] { IssuerOrigin, _signIn }.OfType<string>();

    private string IssuerOrigin => $"https://cognito-idp.{Stack.Of(this).Region}.amazonaws.com";

    /// <summary>
    /// Adds Cognito's managed login with its default style. Each client needs a style, even the default one (Cognito
    /// Developer Guide, "Apply branding to managed login pages").
    /// </summary>
    private void AddSignInPage(SystemTopology system, DeploymentOptions options)
    {
        // A prefix must be unique in its region, and no other account has this one's number.
        var prefix = $"{system.Name}-{options.Name.ToLowerInvariant()}-{Stack.Of(this).Account}";
        var domain = Users.AddDomain("SignIn", new UserPoolDomainOptions { CognitoDomain = new CognitoDomainOptions { DomainPrefix = prefix } });
        ((CfnUserPoolDomain)domain.Node.DefaultChild!).AddPropertyOverride("ManagedLoginVersion", 2);
        var style = new CfnResource(this, "SignInStyle", new CfnResourceProps
        {
            Type = "AWS::Cognito::ManagedLoginBranding",
            Properties = new Dictionary<string, object>
            {
                ["UserPoolId"] = Users.UserPoolId,
                ["ClientId"] = Client.UserPoolClientId,
                ["UseCognitoProvidedValues"] = true,
            },
        });
        style.Node.AddDependency(domain);
        _signIn = $"https://{prefix}.auth.{Stack.Of(this).Region}.amazoncognito.com";
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

    public string Issuer => $"{IssuerOrigin}/{Users.UserPoolId}";
}
