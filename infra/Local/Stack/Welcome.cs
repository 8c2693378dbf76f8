namespace ServerlessCqrs.Local.Stack;

/// <summary>What a newcomer reads when the stack is ready: addresses, tokens, and commands that work when pasted.</summary>
internal static class Welcome
{
    private const string Product = "6f1ed002-ab5f-4a55-9e0b-3d6a8f0c5c11";

    public static string Text(ReadyFile ready, TimeSpan startup) => $$"""

        The shop is ready ({{startup.TotalSeconds:0.0}} s). Ctrl-C ends it.

          shop        {{ready.Edge}}          every request goes here: reads are cached, writes pass through
          API docs    {{ready.Edge}}docs
          mail        {{ready.Mail}}          what the shop has sent
          tokens      {{ready.Identity}}token     POST sub, email and group for a token of your own

        A token of 12 hours for each role:

          SELLER={{ready.Tokens.Seller}}

          CUSTOMER={{ready.Tokens.Customer}}

          OPERATOR={{ready.Tokens.Operator}}

        Three commands to try, as they stand:

          curl -i {{ready.Edge}}products -H "Authorization: Bearer {{ready.Tokens.Seller}}" -H 'Prefer: wait=5' --json '{"id":"{{Product}}","name":"Wireless Headphones","description":"They play music.","category":"audio","price":{"amount":100,"currency":"USD"},"quantity":50,"warehouse":"WH_001","specifications":{"battery":"30 hours"},"images":[]}'

          curl -i {{ready.Edge}}products/{{Product}}/price -H "Authorization: Bearer {{ready.Tokens.Seller}}" -H 'Prefer: wait=5' --json '{"amount":80,"currency":"USD"}'

          curl -i '{{ready.Edge}}products/{{Product}}?atLeastVersion=2'

        """;
}
