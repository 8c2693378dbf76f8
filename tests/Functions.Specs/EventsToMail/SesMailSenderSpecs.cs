using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SimpleEmailV2;
using ServerlessCqrs.Functions.Mails;

namespace ServerlessCqrs.Functions.Specs.EventsToMail;

/// <summary>
/// What SES's responses over real connections mean, refused or in doubt, and that every mail is sent in one attempt.
/// </summary>
public sealed class SesMailSenderSpecs : IDisposable
{
    private static readonly Mail Mail = new("anna@example.com", "Lamp", "text", "<p>html</p>", new Uri("https://shop.example/unsubscribe/token"));

    private readonly HttpListener _ses = new();
    private readonly AmazonSimpleEmailServiceV2Client _client;
    private readonly SesMailSender _sender;
    private int _requests;

    public SesMailSenderSpecs()
    {
        var url = $"http://127.0.0.1:{FreePort()}/";
        _ses.Prefixes.Add(url);
        var config = SesMailSender.OneAttempt();
        config.ServiceURL = url;
        config.AuthenticationRegion = "eu-central-1";
        _client = new AmazonSimpleEmailServiceV2Client(new BasicAWSCredentials("key", "secret"), config);
        _sender = new SesMailSender(_client, "shop@shop.example");
    }

    public void Dispose()
    {
        _client.Dispose();
        _ses.Close();
    }

    [Fact]
    public async Task A_mail_carries_the_headers_of_one_click_unsubscription()
    {
        JsonNode? request = null;
        Answer(context =>
        {
            request = JsonNode.Parse(context.Request.InputStream);
            Reply(context, 200, """{"MessageId":"message-1"}""");
        });

        Assert.Equal("message-1", await _sender.SendAsync(Mail));

        Assert.Equal(
            """[{"Name":"List-Unsubscribe","Value":"<https://shop.example/unsubscribe/token>"},{"Name":"List-Unsubscribe-Post","Value":"List-Unsubscribe=One-Click"}]""",
            request!["Content"]!["Simple"]!["Headers"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("anna@example.com", (string?)request["Destination"]!["ToAddresses"]!.AsArray().Single());
    }

    [Fact]
    public async Task A_mail_without_anything_to_end_offers_no_unsubscription()
    {
        JsonNode? request = null;
        Answer(context =>
        {
            request = JsonNode.Parse(context.Request.InputStream);
            Reply(context, 200, """{"MessageId":"message-1"}""");
        });

        await _sender.SendAsync(Mail with { Unsubscribe = null });

        Assert.Null(request!["Content"]!["Simple"]!["Headers"]);
    }

    [Theory]
    [InlineData(429, "TooManyRequestsException", "Maximum sending rate exceeded.", RefusalKind.Throttled)]
    [InlineData(400, "ThrottlingException", "Rate exceeded", RefusalKind.Throttled)]
    [InlineData(400, "BadRequestException", "Local address contains control or whitespace: anna@example.com", RefusalKind.Permanent)]
    [InlineData(400, "BadRequestException", "Missing final '@domain'", RefusalKind.Permanent)]
    [InlineData(400, "MessageRejected", "Transaction failed: Attachment contained virus.", RefusalKind.Permanent)]
    [InlineData(400, "MessageRejected", "Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: anna@example.com", RefusalKind.Permanent)]
    [InlineData(400, "MessageRejected", "Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: anna@example.com, shop@shop.example", RefusalKind.Temporary)]
    [InlineData(400, "MessageRejected", "Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: shop.example", RefusalKind.Temporary)]
    [InlineData(400, "SendingPausedException", "Paused.", RefusalKind.Temporary)]
    [InlineData(400, "AccountSuspendedException", "Suspended.", RefusalKind.Temporary)]
    [InlineData(400, "LimitExceededException", "Too many.", RefusalKind.Temporary)]
    [InlineData(400, "MailFromDomainNotVerifiedException", "Not verified.", RefusalKind.Temporary)]
    [InlineData(404, "NotFoundException", "No such configuration set.", RefusalKind.Temporary)]
    [InlineData(403, "AccessDeniedException", "Not allowed.", RefusalKind.Temporary)]
    [InlineData(400, "ExpiredTokenException", "Expired.", RefusalKind.Temporary)]
    public async Task Answer_4xx_refuses_the_mail_for_now_or_for_good_and_names_no_address(int status, string code, string message, RefusalKind kind)
    {
        Answer(context =>
        {
            context.Response.Headers["x-amzn-ErrorType"] = code;
            Reply(context, status, new JsonObject { ["message"] = message }.ToJsonString());
        });

        var refusal = await Assert.ThrowsAsync<MailRefusedException>(() => _sender.SendAsync(Mail));

        Assert.Equal((kind, 1), (refusal.Kind, _requests));
        Assert.Contains(code, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task After_an_answer_5xx_the_mail_is_in_doubt_and_is_not_sent_again(int status)
    {
        Answer(context => Reply(context, status, "{}"));

        Assert.IsNotType<MailRefusedException>(await Assert.ThrowsAnyAsync<Exception>(() => _sender.SendAsync(Mail)));

        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task After_a_connection_was_cut_the_mail_is_in_doubt_and_is_not_sent_again()
    {
        Answer(context =>
        {
            context.Request.InputStream.CopyTo(Stream.Null);
            context.Response.Abort();
        });

        Assert.IsNotType<MailRefusedException>(await Assert.ThrowsAnyAsync<Exception>(() => _sender.SendAsync(Mail)));

        Assert.Equal(1, _requests);
    }

    /// <summary>
    /// On a reused connection that ends properly after the request was read. Clients treat that as a connection that
    /// was idle for too long.
    /// </summary>
    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "")]
    [InlineData(2, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 25\r\n\r\n{\"Mess")]
    public async Task Connection_that_ends_within_the_answer_sends_that_mail_once_too(int mails, string answered)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var requests = 0;
        var serving = ServeAsync();
        var config = SesMailSender.OneAttempt();
        config.ServiceURL = $"http://{listener.LocalEndpoint}/";
        config.AuthenticationRegion = "eu-central-1";
        using var client = new AmazonSimpleEmailServiceV2Client(new BasicAWSCredentials("key", "secret"), config);
        var sender = new SesMailSender(client, "shop@shop.example");

        for (var mail = 1; mail < mails; mail++) Assert.Equal("message-1", await sender.SendAsync(Mail));
        Assert.IsNotType<MailRefusedException>(await Assert.ThrowsAnyAsync<Exception>(() => sender.SendAsync(Mail)));

        await stop.CancelAsync();
        await serving;
        Assert.Equal(mails, requests);

        async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var connection = await listener.AcceptTcpClientAsync(stop.Token);
                    using var stream = connection.GetStream();
                    while (await ReadRequestAsync(stream))
                    {
                        if (++requests >= mails)
                        {
                            await stream.WriteAsync(Encoding.UTF8.GetBytes(answered));
                            break;
                        }

                        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 25\r\n\r\n{\"MessageId\":\"message-1\"}"u8.ToArray());
                    }
                }
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    [Fact]
    public async Task A_connection_that_was_never_made_refuses_the_mail()
    {
        Assert.Equal(RefusalKind.Temporary, (await Assert.ThrowsAsync<MailRefusedException>(() => _sender.SendAsync(Mail))).Kind);
    }

    private void Answer(Action<HttpListenerContext> answer)
    {
        _ses.Start();
        _ = AcceptAsync();

        async Task AcceptAsync()
        {
            while (_ses.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _ses.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                Interlocked.Increment(ref _requests);
                answer(context);
            }
        }
    }

    /// <summary>Reads a whole request, and returns false at the end of the connection.</summary>
    private static async Task<bool> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0) return false;
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            var all = text.ToString();
            var head = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0) continue;
            var length = int.Parse(all[..head].Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
            if (Encoding.UTF8.GetByteCount(all[(head + 4)..]) >= length) return true;
        }
    }

    private static void Reply(HttpListenerContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: false);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
