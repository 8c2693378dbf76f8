using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.CDK;
using Amazon.CDK.AWS.CloudFront;
using Amazon.CDK.AWS.CloudFront.Origins;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Constructs;
using ServerlessCqrs.Topology;
using CloudFrontFunction = Amazon.CDK.AWS.CloudFront.Function;
using CloudFrontFunctionProps = Amazon.CDK.AWS.CloudFront.FunctionProps;
using LambdaFunction = Amazon.CDK.AWS.Lambda.Function;
using LambdaFunctionProps = Amazon.CDK.AWS.Lambda.FunctionProps;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>
/// The page's files in a private bucket that only the distribution reads. A function fills the bucket while
/// CloudFormation deploys. The files are part of its code, so a rollback brings the previous files back.
/// </summary>
public sealed class Page : Construct
{
    private readonly ServicesStack _stack;
    private readonly StaticSite _site;

    public Page(ServicesStack stack, StaticSite site)
        : base(stack, "Page")
    {
        (_stack, _site) = (stack, site);
        Files = new Bucket(this, "Files", new BucketProps
        {
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            Encryption = BucketEncryption.S3_MANAGED,
            EnforceSSL = true,
            LifecycleRules = [new LifecycleRule { AbortIncompleteMultipartUploadAfter = Duration.Days(2) }],
            // Each deployment writes the files again.
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        Fill();
        Behavior = new BehaviorOptions
        {
            Origin = S3BucketOrigin.WithOriginAccessControl(Files),
            // The function refuses every method but GET and HEAD, with a problem document.
            AllowedMethods = AllowedMethods.ALLOW_ALL,
            CachedMethods = CachedMethods.CACHE_GET_HEAD,
            ViewerProtocolPolicy = ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            // Its minimum is one second, so the edge keeps even a file with no-cache for a second.
            CachePolicy = CachePolicy.CACHING_OPTIMIZED,
            ResponseHeadersPolicy = Headers(),
            FunctionAssociations =
                [new FunctionAssociation { EventType = FunctionEventType.VIEWER_REQUEST, Function = Paths() }],
            Compress = true,
        };
    }

    public Bucket Files { get; }

    /// <summary>How the distribution serves every path that is not the API's.</summary>
    public BehaviorOptions Behavior { get; }

    private CloudFrontFunction Paths() => new(this, "Paths", new CloudFrontFunctionProps
    {
        Comment = "Serves the page's index for its routes, and 404 for unknown paths",
        Runtime = FunctionRuntime.JS_2_0,
        Code = FunctionCode.FromInline(EmbeddedText.Read("page-paths.js", _stack.System)
            .Replace("@@ROUTES@@", Expressions(_site.Routes), StringComparison.Ordinal)
            .Replace(
                "@@FILES@@",
                Expressions([.. _site.Files, StaticSite.Index, StaticSite.Configuration, StaticSite.HashedFiles]),
                StringComparison.Ordinal)),
    });

    private static string Expressions(IEnumerable<string> patterns) => JsonSerializer.Serialize(
        patterns.Select(pattern => $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$"));

    private ResponseHeadersPolicy Headers() => new(this, "Headers", new ResponseHeadersPolicyProps
    {
        SecurityHeadersBehavior = SecurityHeaders.With(StaticSite.ContentSecurityPolicy(_stack.Data.Identity.Origins)),
    });

    private void Fill()
    {
        var folder = _stack.Programs.PageFolder();
        var logs = new LogGroup(this, "Logs", new LogGroupProps
        {
            Retention = _stack.Options.LogRetention(),
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        var role = RoleWith(logs);
        var timeout = Duration.Minutes(2);
        var function = new LambdaFunction(this, "Function", new LambdaFunctionProps
        {
            Runtime = InlineFunction.Runtime,
            Architecture = Architecture.ARM_64,
            Handler = "index.handler",
            Code = Code.FromAsset(folder),
            MemorySize = 256,
            Timeout = timeout,
            Role = role,
            LogGroup = logs,
            LoggingFormat = LoggingFormat.JSON,
            Tracing = Tracing.ACTIVE,
        });
        var identity = _stack.Data.Identity;
        _ = new CustomResource(this, "Filling", new CustomResourceProps
        {
            ServiceToken = function.FunctionArn,
            ResourceType = "Custom::PageFiles",
            Properties = new Dictionary<string, object>
            {
                ["Bucket"] = Files.BucketName,
                ["Configuration"] = Stack.Of(this).ToJsonString(new Dictionary<string, object>
                {
                    ["issuer"] = identity.Issuer,
                    ["clientId"] = identity.Client.UserPoolClientId,
                }),
                // CloudFormation calls the function again when this changes.
                ["Release"] = HashOf(folder),
                // Without it, CloudFormation waits an hour for a function that never reports
                // (CloudFormation Template Reference, AWS::CloudFormation::CustomResource).
                ["ServiceTimeout"] = timeout.ToSeconds() + 60,
            },
        });
    }

    private Role RoleWith(LogGroup logs)
    {
        var role = new Role(this, "Role", new RoleProps { AssumedBy = new ServicePrincipal("lambda.amazonaws.com") });
        logs.GrantWrite(role);
        Allow(["s3:PutObject", "s3:DeleteObject"], Files.ArnForObjects("*"));
        Allow(["s3:ListBucket"], Files.BucketArn);
        return role;

        void Allow(string[] actions, string resource) => role.AddToPolicy(
            new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = [resource] }));
    }

    private static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file)));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
