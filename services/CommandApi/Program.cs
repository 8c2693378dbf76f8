using ServerlessCqrs.CommandApi;
using ServerlessCqrs.CommandApi.Graph;
using ServerlessCqrs.Graph;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Commands;
using ServerlessCqrs.Web.OpenApi;

var builder = WebApplication.CreateBuilder(args);
builder.AddLambdaHosting();
builder.AddQuietJsonLogs();
var tokens = TokenSettings.From(builder.Configuration);

builder.Services.AddEdgeOnly(builder.Configuration, new EdgeHeaders(ShopDomain.HeaderPrefix));
builder.Services.AddTokenAuthentication(tokens, ShopDomain.Instance);
builder.Services.AddProblemDocuments();
builder.Services.AddUuidRoutes();
builder.Services.AddBrowserWrites(tokens);
builder.Services.AddCommandDocument(new CommandDescription(RequestJson.Default, CommandExamples.Pending, CommandExamples.Applied));
builder.Services.AddCommandSending(builder.Configuration, ShopDomain.Instance);
builder.Services.AddGraphWrites(() => new ShopSchema());

var app = builder.Build();
app.UseProblemDocuments();
app.UseWriteHeaders();
app.UseEdgeOnly();
app.UseCors();
app.UseAuthentication();
app.UseAuthorization();

app.MapProducts();
app.MapWatches();
app.MapUnsubscribe();
app.MapOrders();
app.MapReviews();
app.MapUsers();
app.MapGraphWrites();
app.MapOpenApi();

return await app.RunOrDescribeAsync(ShopDomain.Instance);
