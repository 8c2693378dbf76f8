using Amazon.CDK;
using Amazon.CDK.AWS.CertificateManager;
using Amazon.CDK.AWS.CloudFront;
using Amazon.CDK.AWS.CloudFront.Origins;
using Amazon.CDK.AWS.S3;
using Constructs;
using ServerlessCqrs.Topology;
using Function = Amazon.CDK.AWS.CloudFront.Function;
using FunctionProps = Amazon.CDK.AWS.CloudFront.FunctionProps;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>CloudFront: keeps public reads for as long as they say; passes everything else on, whole.</summary>
public sealed class Edge : Construct
{
    /// <summary>All that a distribution can have a time for (CustomErrorResponse in CloudFront's API reference). It keeps no other error, unless that asks for it.</summary>
    private static readonly int[] ErrorsKept = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

    /// <param name="page">The default of the distribution. Without one, the API is the default.</param>
    public Edge(ServicesStack stack, Gateway gateway, SocketApi? sockets, Page? page)
        : base(stack, "Edge")
    {
        var (system, rules, options) = (stack.System, stack.System.Edge, stack.Options);
        var origin = new HttpOrigin(gateway.HostName, new HttpOriginProps
        {
            ProtocolPolicy = OriginProtocolPolicy.HTTPS_ONLY,
            OriginSslProtocols = [OriginSslPolicy.TLS_V1_2],
            CustomHeaders = new Dictionary<string, string> { [rules.SecretHeader] = stack.EdgeSecret.Value },
        });
        var headers = new ResponseHeadersPolicy(this, "SecurityHeaders", new ResponseHeadersPolicyProps
        {
            SecurityHeadersBehavior = SecurityHeaders.With(contentSecurityPolicy: null),
        });
        var buckets = Buckets(system);
        var reads = Behavior(origin, PublicReads(rules), headers, buckets);
        // CloudFront uses the first pattern that matches, so private reads come before the API's other paths
        // (CloudFront Developer Guide, "Cache behavior settings", Path pattern).
        var behaviors = rules.PrivateReads.ToDictionary(pattern => pattern, IBehaviorOptions (_) => Behavior(origin, CachePolicy.CACHING_DISABLED, headers, buckets));
        if (sockets is not null) behaviors[system.Live!.Path] = Sockets(stack, sockets);
        foreach (var pattern in system.Page?.ApiPaths ?? []) behaviors[pattern] = reads;
        Distribution = new Distribution(this, "Distribution", new DistributionProps
        {
            Comment = $"The {system.Name}'s edge, {options.Name}",
            DomainNames = options.Domain is { } domain ? [domain.Name] : null,
            Certificate = options.Domain is { } own ? Certificate.FromCertificateArn(this, "Certificate", own.CertificateArn) : null,
            MinimumProtocolVersion = options.Domain is null ? null : SecurityPolicyProtocol.TLS_V1_2_2021,
            HttpVersion = HttpVersion.HTTP2_AND_3,
            PriceClass = PriceClass.PRICE_CLASS_100,
            EnableLogging = true,
            LogBucket = AccessLogs(options),
            DefaultBehavior = page?.Behavior ?? reads,
            AdditionalBehaviors = behaviors,
            ErrorResponses = [.. ErrorsKept.Select(status => new ErrorResponse { HttpStatus = status, Ttl = Duration.Seconds(rules.ErrorLife.TotalSeconds) })],
        });
        Url = $"https://{options.Domain?.Name ?? Distribution.DistributionDomainName}";
    }

    public Distribution Distribution { get; }

    public string Url { get; }

    /// <summary>Writes go the same paths as public reads, so every behavior takes every method and passes on every header; only GET and HEAD are ever kept.</summary>
    private static BehaviorOptions Behavior(HttpOrigin origin, ICachePolicy cache, ResponseHeadersPolicy headers, Function buckets) => new()
    {
        Origin = origin,
        AllowedMethods = AllowedMethods.ALLOW_ALL,
        CachedMethods = CachedMethods.CACHE_GET_HEAD,
        ViewerProtocolPolicy = ViewerProtocolPolicy.HTTPS_ONLY,
        CachePolicy = cache,
        OriginRequestPolicy = OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        ResponseHeadersPolicy = headers,
        FunctionAssociations = [new FunctionAssociation { EventType = FunctionEventType.VIEWER_REQUEST, Function = buckets }],
        Compress = true,
    };

    /// <summary>
    /// The path of sockets at the edge is the path of the API's stage. The edge passes on the headers of the handshake, the
    /// page's origin and the viewer's address (CloudFront Developer Guide, "Use WebSockets with CloudFront distributions"
    /// and "Add CloudFront request headers").
    /// </summary>
    private BehaviorOptions Sockets(ServicesStack stack, SocketApi sockets) => new()
    {
        Origin = new HttpOrigin(sockets.HostName, new HttpOriginProps
        {
            ProtocolPolicy = OriginProtocolPolicy.HTTPS_ONLY,
            OriginSslProtocols = [OriginSslPolicy.TLS_V1_2],
            CustomHeaders = new Dictionary<string, string> { [stack.System.Edge.SecretHeader] = stack.EdgeSecret.Value },
        }),
        AllowedMethods = AllowedMethods.ALLOW_GET_HEAD,
        ViewerProtocolPolicy = ViewerProtocolPolicy.HTTPS_ONLY,
        CachePolicy = CachePolicy.CACHING_DISABLED,
        OriginRequestPolicy = new OriginRequestPolicy(this, "Handshake", new OriginRequestPolicyProps
        {
            Comment = "Headers of a WebSocket handshake, origin and address",
            HeaderBehavior = OriginRequestHeaderBehavior.AllowList(
                "Origin",
                "Sec-WebSocket-Key",
                "Sec-WebSocket-Version",
                "Sec-WebSocket-Protocol",
                "Sec-WebSocket-Extensions",
                "CloudFront-Viewer-Address"),
            QueryStringBehavior = OriginRequestQueryStringBehavior.None(),
            CookieBehavior = OriginRequestCookieBehavior.None(),
        }),
    };

    /// <summary>It runs before the cache is asked, and on what is never cached as well: no client's own bucket goes further.</summary>
    private Function Buckets(SystemTopology system) => new(this, "Buckets", new FunctionProps
    {
        Comment = "A client's segment becomes its bucket",
        Runtime = FunctionRuntime.JS_2_0,
        Code = FunctionCode.FromInline(EmbeddedText.Read("segment-to-bucket.js", system)),
    });

    private CachePolicy PublicReads(EdgeRules rules) => new(this, "PublicReads", new CachePolicyProps
    {
        Comment = "Keys on what changes a body: path, query string, encoding, calling origin, bucket",
        MinTtl = Duration.Seconds(rules.ShortestLife.TotalSeconds),
        DefaultTtl = Duration.Seconds(rules.ShortestLife.TotalSeconds),
        MaxTtl = Duration.Seconds(rules.LongestLife.TotalSeconds),
        QueryStringBehavior = CacheQueryStringBehavior.All(),
        HeaderBehavior = CacheHeaderBehavior.AllowList([.. rules.KeyHeaders]),
        CookieBehavior = CacheCookieBehavior.None(),
        EnableAcceptEncodingBrotli = true,
        EnableAcceptEncodingGzip = true,
    });

    /// <summary>CloudFront writes its logs as another account: it needs an ACL, which nobody else is given.</summary>
    private Bucket AccessLogs(DeploymentOptions options) => new(this, "AccessLogs", new BucketProps
    {
        BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
        ObjectOwnership = ObjectOwnership.OBJECT_WRITER,
        Encryption = BucketEncryption.S3_MANAGED,
        EnforceSSL = true,
        LifecycleRules =
        [
            new LifecycleRule
            {
                Expiration = Duration.Days(90),
                AbortIncompleteMultipartUploadAfter = Duration.Days(2),
            },
        ],
        RemovalPolicy = options.DataRemoval(),
    });
}
