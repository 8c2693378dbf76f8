using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace ServerlessCqrs.Aws.Wire;

/// <summary>
/// A client on the SDK's own pipeline, which provides credentials, SigV4, standard retries, clock skew, metrics and
/// logging. Only the marshalling is ours.
/// </summary>
public abstract class WireClient : AmazonServiceClient
{
    private readonly RequestMarshaller _marshaller;

    private protected WireClient(AWSCredentials? credentials, WireConfig config) : base(credentials, config) =>
        _marshaller = new RequestMarshaller(config.Service);

    // Not a field, because the base constructor reads it before ours runs.
    protected override IServiceMetadata ServiceMetadata => ((WireConfig)Config).Service;

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new WireEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Resolver());
    }

    private protected Task<TResponse> SendAsync<TResponse>(WireRequest request, JsonTypeInfo<TResponse> type, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new() =>
        SendAsync<TResponse>(request, new JsonReply<TResponse>(_marshaller.Service, type), cancellationToken);

    private protected Task<TResponse> SendAsync<TResponse>(WireRequest request, Func<XElement, IWebResponseData, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new() =>
        SendAsync<TResponse>(request, new XmlReply<TResponse>(_marshaller.Service, read), cancellationToken);

    private Task<TResponse> SendAsync<TResponse>(WireRequest request, ResponseUnmarshaller reply, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = new InvokeOptions { RequestMarshaller = _marshaller, ResponseUnmarshaller = reply };
        return InvokeAsync<TResponse>(request, options, cancellationToken);
    }

    private sealed class RequestMarshaller(WireService service) : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public WireService Service => service;

        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var http = new DefaultRequest(input, "Amazon." + service.ServiceId) { HttpMethod = "POST", ResourcePath = "/" };
            ((WireRequest)input).WriteTo(http, service);
            return http;
        }
    }
}
