using System.Net;
using System.Text;
using Amazon.Runtime;
using ServerlessCqrs.Aws.Wire;

namespace ServerlessCqrs.Aws.Specs.Wire;

/// <summary>Stands behind a client: records its requests, and returns the given responses one after another.</summary>
public sealed class FakeService : HttpClientFactory
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = new();

    public List<SentRequest> Sent { get; } = [];

    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("key", "secret");

    public FakeService Answers(string body, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(() =>
        {
            var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            foreach (var (name, value) in headers) answer.Headers.TryAddWithoutValidation(name, value);
            return answer;
        });
        return this;
    }

    /// <summary>Points a configuration at this service.</summary>
    public T Behind<T>(T config) where T : WireConfig
    {
        config.ServiceURL = "http://service.test";
        config.AuthenticationRegion = "eu-central-1";
        config.HttpClientFactory = this;
        return config;
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this));

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private sealed class Handler(FakeService service) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            service.Sent.Add(new(
                request.Method.Method,
                request.RequestUri!.PathAndQuery,
                request.Content?.Headers.ContentType?.ToString(),
                request.Headers.TryGetValues("X-Amz-Target", out var target) ? target.Single() : null,
                request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken))
            {
                Authorization = request.Headers.TryGetValues("Authorization", out var authorization) ? authorization.Single() : null,
                Host = request.RequestUri.Host,
            });
            return service._answers.Dequeue()();
        }
    }
}
