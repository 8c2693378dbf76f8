using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Rules for pages that CloudFront serves from a bucket. Each names what breaks it.</summary>
public static partial class PageRules
{
    private const int Year = 365 * 24 * 3600;

    /// <summary>
    /// Behaviors that serve a bucket without a security header. The header must replace the origin's (CloudFront
    /// Developer Guide, "Understand response headers policies", Security headers).
    /// </summary>
    public static IEnumerable<string> MissingHeaders(Cloud cloud) =>
        from page in Pages(cloud)
        let policy = cloud.Target(page.Stack, page.Behavior["ResponseHeadersPolicyId"])
        let headers = policy?["ResponseHeadersPolicyConfig"]?["SecurityHeadersConfig"]
        from header in Required
        where headers?[header.Key] is not { } set || !IsTrue(set["Override"]) || !header.Value(set)
        select $"{page.Pattern}: {header.Key}";

    /// <summary>Behaviors that serve a bucket without TLS.</summary>
    public static IEnumerable<string> PagesWithoutTls(Cloud cloud) =>
        from page in Pages(cloud)
        where page.Behavior["ViewerProtocolPolicy"]?.ToString() is not ("redirect-to-https" or "https-only")
        select page.Pattern;

    /// <summary>
    /// Buckets of pages that someone else than our own roles may list, write or read without the distribution. A GET of
    /// a bucket's root is a list of its objects, if the policy allows s3:ListBucket (Amazon S3 API Reference,
    /// ListObjects).
    /// </summary>
    public static IEnumerable<string> OpenPages(Cloud cloud) =>
        from page in Pages(cloud)
        from policy in cloud.Of("AWS::S3::BucketPolicy")
        where cloud.Target(policy, "Bucket") == page.Bucket
        from statement in References.Listed(policy["PolicyDocument"]!["Statement"])
        where statement["Effect"]!.ToString() == "Allow"
        from action in References.Texts(statement["Action"])
        let isOurs = statement["Condition"]?["StringEquals"]?["AWS:SourceArn"] is { } source
            && cloud.Tell(policy.Stack, source) == $"arn:${{AWS::Partition}}:cloudfront::${{AWS::AccountId}}:distribution/${{{page.Distribution.Path}}}"
        where action != "s3:GetObject" || !isOurs
        select $"{page.Bucket.Path} allows {action} to {cloud.Tell(policy.Stack, statement["Principal"])}";

    /// <summary>
    /// Custom resources whose function can be called before its role has its rights, or that CloudFormation waits for
    /// an hour (CloudFormation Template Reference, AWS::CloudFormation::CustomResource, ServiceTimeout).
    /// </summary>
    public static IEnumerable<string> FragileCustomResources(Cloud cloud) =>
        from custom in cloud.Resources
        where custom.Type == "Custom::PageFiles"
        let function = cloud.Target(custom, "ServiceToken")
        let role = function is null ? null : cloud.Target(function, "Role")
        let needs = cloud.AllNeeds(custom)
        let late = cloud.Of("AWS::IAM::Policy").FirstOrDefault(policy =>
            cloud.Targets(policy.Stack, policy["Roles"]).Contains(role) && !needs.Contains(policy.Id))
        let timeout = (int?)custom["ServiceTimeout"]
        let fault = role is null ? "its function has no role"
            : late is not null ? $"{late.Path} can come after it"
            : timeout is null || timeout <= (int?)function!["Timeout"] ? "it has no timeout above its function's"
            : null
        where fault is not null
        select $"{custom.Path}: {fault}";

    /// <summary>
    /// Clients of a page that do not sign in with code and PKCE alone. A page cannot keep a secret, and the implicit
    /// flow puts tokens into URLs (Cognito Developer Guide, "Using PKCE in authorization code grants").
    /// </summary>
    public static IEnumerable<string> UnsafeSignIns(Cloud cloud) =>
        from client in cloud.Of("AWS::Cognito::UserPoolClient")
        where IsTrue(client["AllowedOAuthFlowsUserPoolClient"])
        let prefix = cloud.Of("AWS::Cognito::UserPoolDomain").Select(domain => cloud.Tell(domain, "Domain")).FirstOrDefault()
        let fault = !References.Texts(client["AllowedOAuthFlows"]).SequenceEqual(["code"]) ? "another flow than code"
            : IsTrue(client["GenerateSecret"]) ? "a secret"
            : References.Texts(client["CallbackURLs"]).Any(url => !url.StartsWith("https://", StringComparison.Ordinal)) ? "a callback without TLS"
            : !Prefix().IsMatch(prefix?.Replace("${AWS::AccountId}", "111122223333", StringComparison.Ordinal) ?? "") ? $"no valid domain: {prefix}"
            : !cloud.Of("AWS::Cognito::ManagedLoginBranding").Any(style => cloud.Target(style, "ClientId") == client) ? "no style"
            : null
        where fault is not null
        select $"{client.Path} has {fault}";

    private static readonly IReadOnlyDictionary<string, Func<JsonNode, bool>> Required = new Dictionary<string, Func<JsonNode, bool>>
    {
        ["ContentSecurityPolicy"] = set => set["ContentSecurityPolicy"] is not null,
        ["ContentTypeOptions"] = _ => true,
        ["FrameOptions"] = set => set["FrameOption"]?.ToString() == "DENY",
        ["ReferrerPolicy"] = set => set["ReferrerPolicy"]?.ToString() == "no-referrer",
        ["StrictTransportSecurity"] = set =>
            int.Parse(set["AccessControlMaxAgeSec"]?.ToString() ?? "0", CultureInfo.InvariantCulture) >= Year,
    };

    private static IEnumerable<Page> Pages(Cloud cloud) =>
        from distribution in cloud.Of("AWS::CloudFront::Distribution")
        let config = distribution["DistributionConfig"]!
        from behavior in References.Listed(config["CacheBehaviors"]).Append(config["DefaultCacheBehavior"]!)
        from origin in References.Listed(config["Origins"])
        where origin["Id"]!.ToString() == behavior["TargetOriginId"]!.ToString()
        let bucket = cloud.Target(distribution.Stack, origin["DomainName"])
        where bucket?.Type == "AWS::S3::Bucket"
        select new Page(distribution, behavior, bucket);

    private static bool IsTrue(JsonNode? node) => node?.ToString() == "true";

    /// <summary>CloudFormation Template Reference, AWS::Cognito::UserPoolDomain, Domain.</summary>
    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex Prefix();

    private sealed record Page(
        Resource Distribution,
        JsonNode Behavior,
        Resource Bucket)
    {
        public string Stack => Distribution.Stack;

        public string Pattern => Behavior["PathPattern"]?.ToString() ?? "default";
    }
}
