using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace ServerlessCqrs.Aws.Wire;

/// <summary>
/// The configuration of a client: everything of <see cref="ClientConfig"/>, standard retries, and the service's
/// endpoint. <c>ServiceURL</c>, AWS_ENDPOINT_URL_&lt;SERVICE&gt; and AWS_ENDPOINT_URL override the endpoint, in this
/// order.
/// </summary>
public abstract class WireConfig : ClientConfig, IEndpointProvider
{
    private static readonly DefaultConfigurationProvider s_defaults = new(
        [.. Enum.GetValues<DefaultConfigurationMode>().Select(DefaultsOf)]);

    private protected WireConfig(WireService service) : base(s_defaults)
    {
        Service = service;
        ServiceId = service.ServiceId;
        AuthenticationServiceName = service.SigningName;
        if (service.Global) AuthenticationRegion = "us-east-1";
        EndpointProvider = this;
    }

    internal WireService Service { get; }

    public override string RegionEndpointServiceName => Service.EndpointPrefix;

    public override string ServiceVersion => Service.ApiVersion;

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("ServerlessCqrs", "1.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => ResolveEndpoint(null);

    /// <exception cref="AmazonClientException">Neither a region nor a URL is set.</exception>
    public Endpoint ResolveEndpoint(EndpointParameters? parameters)
    {
        if (!string.IsNullOrEmpty(ServiceURL)) return new Endpoint(ServiceURL.TrimEnd('/'));
        if (Service.Global) return new Endpoint($"https://{Service.EndpointPrefix}.amazonaws.com");

        var region = RegionEndpoint ?? throw new AmazonClientException("No RegionEndpoint or ServiceURL configured");
        var host = Service.EndpointPrefix + (UseFIPSEndpoint ? "-fips" : "") + "." + region.SystemName;
        return new Endpoint($"https://{host}.{(UseDualstackEndpoint ? "api.aws" : region.PartitionDnsSuffix)}");
    }

    /// <summary>
    /// The SDK's published defaults: standard retries, and a shorter connection timeout within the region.
    /// </summary>
    private static IDefaultConfiguration DefaultsOf(DefaultConfigurationMode mode)
    {
        var connect = TimeSpan.FromMilliseconds(mode == DefaultConfigurationMode.InRegion ? 1100 : 3100);
        return new DefaultConfiguration
        {
            Name = mode,
            RetryMode = RequestRetryMode.Standard,
            ConnectTimeout = connect,
            TlsNegotiationTimeout = connect,
        };
    }
}
