using PropertyManager.Web.Data;

namespace PropertyManager.Tests;

/// <summary>Webhooks at whose addresses nothing listens, with messages that wait for them.</summary>
internal static class DeadWebhooks
{
    private const int OfOneOwner = 20;

    /// <summary>Writes webhooks of owners who may read group 1, and messages about an activation for each.</summary>
    /// <param name="create">Makes a context.</param>
    /// <param name="activation">What the messages are about; of a property in group 1.</param>
    /// <param name="webhooks">How many.</param>
    /// <param name="messages">So many wait for each webhook.</param>
    /// <param name="secret">Encrypted.</param>
    /// <param name="now">When the messages were expanded.</param>
    public static async Task WriteAsync(Func<AppDbContext> create, long activation, int webhooks, int messages, string secret, DateTimeOffset now)
    {
        await using var db = create();
        List<OutboxReceiver> receivers = [];
        for (var number = 0; number < webhooks; number++)
        {
            var owner = $"owner{number / OfOneOwner}";
            if (number % OfOneOwner == 0)
                AddOwner(db, owner);
            var receiver = new OutboxReceiver { DueAt = now };
            receivers.Add(receiver);
            db.Webhooks.Add(
                new Webhook
                {
                    UserId = owner,
                    Url = "http://127.0.0.1:1/",
                    ProtectedSecret = secret,
                    CreatedAt = now,
                    Receiver = receiver,
                }
            );
        }
        List<OutboxEvent> events = [.. Enumerable.Range(0, messages).Select(number => Event(activation, number, now))];
        db.OutboxEvents.AddRange(events);
        await db.SaveChangesAsync();
        db.OutboxDeliveries.AddRange(
            from told in events
            from receiver in receivers
            select new OutboxDelivery
            {
                EventId = told.Id,
                ReceiverId = receiver.Id,
                Recipient = "",
                CreatedAt = now,
                NextAttemptAt = now,
            }
        );
        await db.SaveChangesAsync();
    }

    private static void AddOwner(AppDbContext db, string id)
    {
        db.Users.Add(
            new AppUser
            {
                Id = id,
                Name = id,
                UserName = id,
                Email = $"{id}@shop.example",
            }
        );
        db.RoleAssignments.Add(
            new RoleAssignment
            {
                UserId = id,
                GroupId = 1,
                Role = Role.Publisher,
            }
        );
    }

    private static OutboxEvent Event(long activation, int number, DateTimeOffset now) =>
        new()
        {
            Name = "activation.live",
            ActivationId = activation,
            Subject = "",
            Text = "",
            Body = $$"""{"event":"activation.live","number":{{number}},"padding":"{{new string('x', 500)}}"}""",
            At = now,
            ExpandedAt = now,
        };
}
