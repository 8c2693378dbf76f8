using Amazon.Runtime;

namespace ServerlessCqrs.Functions.Mails;

/// <summary>
/// Sends each request at most once. Even without retries the SDK repeats a request whose connection was cut before the
/// response. A mail that SES had accepted would then be sent twice. So a request that may have left fails with an
/// exception that the SDK does not retry.
/// </summary>
internal sealed class OneAttemptHttp : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new InDoubt { InnerHandler = new SocketsHttpHandler() }) { Timeout = SesMailSender.Patience };

    private sealed class InDoubt : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                var answer = await base.SendAsync(request, cancellationToken);
                await answer.Content.LoadIntoBufferAsync(cancellationToken);
                return answer;
            }
            catch (Exception e) when ((e is HttpRequestException or IOException) && !SesMailSender.NeverLeft(e))
            {
                // Without the inner exception: the SDK would find it and retry up to ten times.
                throw new InvalidOperationException($"The connection to SES was cut before its response was complete: {e.Message}");
            }
        }
    }
}
