using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ServerlessCqrs.Journeys.Contract;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Journeys;

/// <summary>
/// Sends what the API's own OpenAPI document allows and forbids through the gateway. <c>FUZZ_SEED</c> and
/// <c>FUZZ_REQUESTS</c> run another seed or a longer run. A test run uses one seed, so that its result is always the
/// same.
/// </summary>
[Collection(JourneysCollection.Name)]
public sealed class FuzzJourney(LocalStack stack)
{
    private static readonly ulong Seed = ulong.Parse(Environment.GetEnvironmentVariable("FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);
    private static readonly int Requests = int.Parse(Environment.GetEnvironmentVariable("FUZZ_REQUESTS") ?? "800", CultureInfo.InvariantCulture);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Status codes of a failed service. 503 may be right, as an answer to a version that does not exist yet.
    private static readonly HttpStatusCode[] Failures = [HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway, HttpStatusCode.GatewayTimeout];

    private static readonly string[] SchemaCodes = ["field_unknown", "field_missing", "field_invalid", "json_invalid"];

    [Fact]
    public async Task Fuzzed_requests_get_documented_answers_and_outcomes()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(40), BaseAddress = stack.Url("api") };
        var contract = await stack.ContractAsync();
        var maker = new RequestMaker(contract, new Dice(Seed, FaultPlan.All));
        var users = new Dictionary<string, Client>();
        foreach (var role in (string[])["seller", "customer", "operator"]) users[role] = await stack.UserAsync(role, $"auth0|fuzz-{role}");
        await SeedAsync(users, maker);

        List<string> wrong = [];
        List<string> statusUrls = [];
        for (var i = 0; i < Requests; i++)
        {
            var request = maker.Next();
            var answer = await SendAsync(http, request, users);
            var what = $"seed {Seed}, request {i}: {request.Operation.Method} {request.Target} as {request.Role ?? "nobody"} {request.Body}: {(int)answer.Status} {answer.Text}";
            if (Failures.Contains(answer.Status)) wrong.Add(what);
            wrong.AddRange(contract.Contradictions(request.Operation.Method, request.Target.Split('?')[0], request.Body, answer).Select(error => $"{what}: {error}"));
            if (request is { FitsSchema: true, Body: not null } && SchemaCodes.Contains(CodeOf(answer))) wrong.Add($"{what}: the body fits its schema");
            if (answer.Status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted && request.Operation.Method != "GET" && answer.Text.Contains("statusUrl", StringComparison.Ordinal))
                statusUrls.Add(answer.Json.GetProperty("statusUrl").GetString()!);
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} answers are wrong:\n{string.Join('\n', wrong.Take(20))}");
        // If every request is refused, the fuzzer proves nothing.
        Assert.True(statusUrls.Count > Requests / 40, $"only {statusUrls.Count} writes were accepted");
        foreach (var url in statusUrls)
        {
            Answer? status = null;
            await Eventually.TrueAsync(
                async () => (status = await users["operator"].GetFromApiAsync(url)).Status == HttpStatusCode.OK && status.Json.GetProperty("status").GetString() != "pending",
                Patience,
                () => $"{url} has no outcome: {status?.Text}");
        }

        await Operator.VerifyAsync(stack);
    }

    /// <summary>Creates one thing of each kind that paths can name.</summary>
    private static async Task SeedAsync(Dictionary<string, Client> users, RequestMaker maker)
    {
        for (var i = 0; i < 3; i++)
        {
            var product = await users["seller"].CreateProductAsync(name: $"Fuzzed Headphones {i}");
            maker.Learn("products", product.ToString());
            maker.Learn("commands", $"product-{product}");
        }

        var order = await users["customer"].OrderAsync((Guid.Parse(FirstProduct(maker)), 1));
        maker.Learn("orders", order.ToString());
        await users["customer"].SeesOrderAsync(order, "confirmed");
        var review = await users["customer"].PostAsync($"products/{FirstProduct(maker)}/reviews", new { stars = 4, title = "Good", text = "Very good." }, ("Prefer", "wait=20"));
        maker.Learn("reviews", review.Json.GetProperty("stream").GetString()!["review-".Length..]);
        maker.Learn("users", "auth0|fuzz-nobody");
    }

    private static string FirstProduct(RequestMaker maker) => maker.Known("products")[0];

    private static async Task<Answer> SendAsync(HttpClient http, FuzzRequest request, Dictionary<string, Client> users)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Operation.Method), new Uri(http.BaseAddress!, request.Target));
        if (request.Role is { } role) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", users[role].Token);
        if (request.Body is { } body) message.Content = new StringContent(body, Encoding.UTF8, request.Operation.BodyType!);
        foreach (var (name, value) in request.Headers) message.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(message);
        return await Answer.OfAsync(response);
    }

    private static string? CodeOf(Answer answer) => answer.Text.StartsWith('{') ? answer.Code : null;
}
