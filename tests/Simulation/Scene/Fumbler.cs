using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Services;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// A user with a broken program that sends invalid bodies. Each must be refused as the client's error, and nothing is
/// sent.
/// </summary>
public sealed class Fumbler(World world, Wishes wishes)
{
    private static readonly string[] NoObjects = ["null", "[]", "{}", "7", "\"{}\"", "{", "{\"", "{\"\\ud800\":1}", "{\"\\udc00\\ud800\":null}", "{\"\\u0000\":1}", "{}{}", "\uFEFF", "{\"a\":1,}", "{'a':1}"];

    private static readonly string[] Prices =
    [
        """{"amount":80,"amount":81,"currency":"USD"}""",
        """{"amount":80,"\u0061mount":81,"currency":"USD"}""",
        """{"amount":null,"currency":"USD"}""",
        """{"amount":80,"currency":null}""",
        """{"amount":80}""",
        """{"amount":"80","currency":"USD"}""",
        """{"amount":1e400,"currency":"USD"}""",
        """{"amount":80,"currency":"US\ud800"}""",
        """{"amount":80,"currency":"US\u0000"}""",
        """{"Amount":80,"Currency":"USD"}""",
    ];

    private static readonly string[] Stocks =
    [
        """{"delta":1,"reason":"a\u0000b"}""",
        """{"delta":1,"reason":"\ud83d"}""",
        """{"delta":1,"reason":"\udca9\ud83d"}""",
        """{"delta":1.5,"reason":"counted"}""",
        """{"delta":99999999999,"reason":"counted"}""",
        """{"delta":1,"reason":null}""",
        """{"delta":1,"reason":["counted"]}""",
    ];

    private static readonly string[] Orders = ["""{"items":null}""", """{"items":[]}""", """{"items":[null]}""", """{"items":{}}""", """{"items":[{"productId":"\ud800","quantity":1}]}"""];

    private static readonly string[] Reviews = ["""{"stars":5,"title":"\ud800","text":"x"}""", """{"stars":null,"title":"x","text":"x"}""", """{"stars":5,"title":"x"}""", """{"stars":6,"title":"x","text":"x"}"""];

    public async Task RunAsync(Func<bool> goOn)
    {
        while (goOn())
        {
            await world.Simulator.Delay(TimeSpan.FromSeconds(8 * world.Dice.Roll("fumbler.pause")));
            var (request, isSellers) = Any();
            var token = SimIdentity.Issue(isSellers ? Wishes.Sellers[0] : Wishes.Customers[0], world.Simulator.UtcNow);
            var answer = await world.Edge.SendAsync(request.With(token));
            // An answer of the gateway, or about an outage, does not judge the body.
            if (answer.Status is not (400 or 413 or 422 or 429 or 500 or 503))
                world.Simulator.Violate(Invariants.FumblesAreRefused, $"{request.Method} {request.Target} with {request.Body} is {answer.Status} {answer.Body}");
        }
    }

    private (SimRequest Request, bool IsSellers) Any()
    {
        var product = $"/products/{wishes.AnyProduct()}";
        return world.Dice.Roll("fumbler.what", 6) switch
        {
            0 => (Request("POST", "/products", NoObjects), true),
            1 => (Request("PUT", $"{product}/price", [.. Prices, .. NoObjects]), true),
            2 => (Request("POST", $"{product}/stock", [.. Stocks, .. NoObjects]), true),
            3 => (Request("POST", "/orders", [.. Orders, .. NoObjects]), false),
            4 => (Request("POST", $"{product}/reviews", [.. Reviews, .. NoObjects]), false),
            _ => (Request("POST", $"{product}/stock", [$$"""{"delta":1,"reason":"{{new string('x', 33 * 1024)}}"}"""]), true),
        };
    }

    private SimRequest Request(string method, string target, string[] bodies) =>
        new(method, target, new Dictionary<string, string> { ["content-type"] = "application/json" }, bodies[world.Dice.Roll("fumbler.body", bodies.Length)]);
}
